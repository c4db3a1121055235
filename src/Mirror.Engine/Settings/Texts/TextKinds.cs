using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Mirror.Engine.Settings.Texts;

internal static class TextKinds
{
    public static TextKind<string> Text { get; } = Scalar<string>(SettingKind.Text, "text", "one text", TakeAsIs);

    public static TextKind<string> Path { get; } = Scalar<string>(SettingKind.Path, "path", "one path", TakeAsIs);

    public static TextKind<BareRoot> Root { get; } =
        Scalar<BareRoot>(SettingKind.Text, "place", "Auto, Target or a repository path", TakeRoot);

    public static TextKind<ImmutableArray<string>> Paths { get; } = new(SettingKind.Paths, ReadItems);

    public static TextKind<bool> Boolean { get; } =
        Scalar<bool>(SettingKind.Boolean, "boolean", "true or false", BooleanText.TryParse);

    public static TextKind<bool> Removal { get; } = Boolean with { Kind = SettingKind.Removal };

    public static TextKind<int> Number { get; } =
        Scalar<int>(SettingKind.Number, "whole number", "digits only", TryParseNumber);

    public static TextKind<long> Size { get; } =
        Scalar<long>(SettingKind.Size, "size", "whole decimal gigabytes, or a unit as in 500MB or 4GiB", TryParseSize);

    public static TextKind<long> Rate { get; } =
        Scalar<long>(SettingKind.Rate, "rate", "bytes per second, or a unit as in 20MB", TryParseRate);

    public static TextKind<TimeSpan> Duration { get; } =
        Scalar<TimeSpan>(SettingKind.Duration, "duration", DurationText.Form, DurationText.TryParse);

    public static TextKind<VersionConstraint> Constraint { get; } = new(SettingKind.Constraint, ReadConstraint);

    public static TextKind<string> VariableName { get; } = new(SettingKind.VariableName, ReadVariableName);

    public static TextKind<ImmutableArray<string>> Texts { get; } = new(SettingKind.Texts, ReadTexts);

    public static TextKind<ImmutableArray<string>> Names { get; } = new(SettingKind.Names, ReadItems);

    public static TextKind<ImmutableArray<ComponentRule>> Rules { get; } = new(SettingKind.Rules, ReadRules);

    public static TextKind<T> Choice<T>()
        where T : struct, Enum =>
        Scalar<T>(SettingKind.Choice, "known name", string.Join(" or ", Enum.GetNames<T>()), TryParseName);

    private static TextKind<T> Scalar<T>(SettingKind kind, string noun, string form, TextParser<T> parser)
    {
        return new TextKind<T>(kind, Read);

        Fault? Read(string label, IReadOnlyList<string> texts, out T value)
        {
            value = default!;
            return texts.Count > 1
                ? SettingFault.Repeated(label, texts.Count)
                : parser(texts[0], out value!) ? null : SettingFault.Malformed(label, texts[0], noun, form);
        }
    }

    private static bool TakeAsIs(string text, out string value)
    {
        value = text;
        return true;
    }

    // No repository path has a capital letter: Auto and Target are never one.
    private static bool TakeRoot(string text, out BareRoot value)
    {
        BareRoot[] words = [BareRoot.Auto, BareRoot.Target];
        value = Array.Find(words, word => text.Equals($"{word}", StringComparison.OrdinalIgnoreCase))
            ?? BareRoot.At(text);
        return true;
    }

    private static bool TryParseNumber(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryParseSize(string text, out long value) =>
        SizeText.TryParse(text, SizeText.Gigabyte, out value);

    private static bool TryParseRate(string text, out long value) => SizeText.TryParse(text, bareUnit: 1, out value);

    // Enum.TryParse would take numbers and lists, too.
    private static bool TryParseName<T>(string text, out T value)
        where T : struct, Enum
    {
        string? name = Enum.GetNames<T>().FirstOrDefault(
            known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase));
        value = name is null ? default : Enum.Parse<T>(name);
        return name is not null;
    }

    private static Fault? ReadConstraint(
        string label, IReadOnlyList<string> texts, [NotNull] out VersionConstraint? value)
    {
        value = null!;
        return texts.Count > 1 ? SettingFault.Repeated(label, texts.Count)
            : ConstraintText.LooksLikePath(texts[0], static _ => false)
                ? SettingFault.ConstraintIsPath(label, texts[0])
                : ConstraintText.Read(texts[0], out value!) is { } fault
                    ? (fault with { Message = $"In {label}: {fault.Message}" }).WithValue(texts[0])
                    : null;
    }

    // The text is not repeated anywhere: whoever puts the secret itself here must not find it in the log again.
    private static Fault? ReadVariableName(string label, IReadOnlyList<string> texts, out string value)
    {
        value = texts[0];
        bool isName = texts.Count == 1
            && !char.IsAsciiDigit(value[0])
            && value.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        return isName ? null : SettingFault.NoVariableName(label);
    }

    private static Fault? ReadTexts(string label, IReadOnlyList<string> texts, out ImmutableArray<string> value)
    {
        const StringSplitOptions Options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        value = [.. texts.SelectMany(text => text.Split(';', Options))];
        return null;
    }

    private static Fault? ReadItems(string label, IReadOnlyList<string> texts, out ImmutableArray<string> value)
    {
        value = [.. texts];
        return null;
    }

    private static Fault? ReadRules(string label, IReadOnlyList<string> texts, out ImmutableArray<ComponentRule> value)
    {
        value = [.. texts.Select(ComponentRule.FromString)];
        return null;
    }
}

/// <summary>A kind of setting together with the reader of its texts.</summary>
internal sealed record TextKind<T>(SettingKind Kind, TextReading<T> Read);

/// <summary>Reads a value from the texts of a setting, or says what is wrong with them.</summary>
/// <param name="label">The setting's name in messages.</param>
/// <param name="texts">Trimmed, not empty.</param>
/// <param name="value">The value; meaningless beside a fault.</param>
internal delegate Fault? TextReading<T>(string label, IReadOnlyList<string> texts, out T value);

internal delegate bool TextParser<T>(string text, [MaybeNullWhen(false)] out T value);
