using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Settings;

/// <summary>Parses one text.</summary>
internal delegate bool TextParser<T>(string text, [MaybeNullWhen(false)] out T value);
