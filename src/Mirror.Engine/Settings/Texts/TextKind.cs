namespace Mirror.Engine.Settings.Texts;

/// <summary>A kind of setting together with the reader of its texts.</summary>
internal sealed record TextKind<T>(SettingKind Kind, TextReading<T> Read);
