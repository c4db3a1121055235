namespace Mirror.Engine.Settings.Texts;

/// <summary>Reads a value from the texts of a setting, or says what is wrong with them.</summary>
/// <param name="label">The setting's name in messages.</param>
/// <param name="texts">Trimmed, not empty.</param>
/// <param name="value">The value; meaningless beside a fault.</param>
internal delegate Fault? TextReading<T>(string label, IReadOnlyList<string> texts, out T value);
