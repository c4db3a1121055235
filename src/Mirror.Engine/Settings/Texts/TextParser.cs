using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Settings.Texts;

/// <summary>Parses one text.</summary>
internal delegate bool TextParser<T>(string text, [MaybeNullWhen(false)] out T value);
