using Cake.Core.Diagnostics;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>A line as Cake's log got it.</summary>
internal sealed record LogLine(Verbosity Verbosity, LogLevel Level, string Text, int Thread);
