using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Errors;
using Mirror.Engine.Versions;

namespace Mirror.Engine;

/// <summary>
/// Which versions of something are wanted, in d8's notation (docs/behaviour/pull.md#rules-and-constraints): an exact
/// tag <c>=v1.2.3</c>, if need be with the channel it is published as, <c>=v1.2.3+stable</c>; a range such as
/// <c>~1.2.0</c>, <c>^1.2.0</c> or <c>&gt;=1.2.0 &lt;1.5.0 || ^2.0.0</c>; or a bare version <c>1.2.0</c>, which
/// <see cref="SelectionRules"/> gives its meaning. Two constraints are equal if their texts are.
/// </summary>
public sealed record VersionConstraint
{
    /// <summary>The longest text that is read.</summary>
    internal const int MaxLength = 512;

    private readonly string _text;
    private readonly VersionRange _range025;
    private readonly VersionRange _range033;

    private VersionConstraint(string text, ConstraintForm form, VersionRange range025, VersionRange range033)
    {
        (_text, Form) = (text, form);
        (_range025, _range033) = (range025, range033);
    }

    internal ConstraintForm Form { get; }

    /// <summary>What is wrong with the text, or <see langword="null"/>.</summary>
    internal Fault? Fault { get; private init; }

    [MemberNotNullWhen(true, nameof(Tag))]
    internal bool IsExact => Form == ConstraintForm.Exact;

    /// <summary>The tag of an exact constraint, taken literally; it need not be a version.</summary>
    internal string? Tag { get; private init; }

    /// <summary>The one channel an exact constraint is published as, if it names one.</summary>
    internal string? Channel { get; private init; }

    /// <summary>The versions named inclusively, which outlive the reduction to latest patches.</summary>
    internal ImmutableArray<SemanticVersion> Anchors => IsExact ? [] : _range033.Anchors;

    /// <summary>The smallest version named (docs/behaviour/pull.md#lower-bound).</summary>
    internal SemanticVersion LowerBound => _range033.LowerBound;

    /// <summary>Reads a constraint.</summary>
    /// <param name="text">The text; blanks around it are dropped. At most 512 characters.</param>
    /// <returns>The constraint.</returns>
    /// <exception cref="MirrorException">
    /// The text is no constraint: D8M1009 if it is empty, too long or names an empty tag, D8M1010 if a bare version is
    /// malformed, D8M1011 if a range is.
    /// </exception>
    public static VersionConstraint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Fault? fault = Read(text, out VersionConstraint? constraint);
        return constraint ?? throw new MirrorException(fault!);
    }

    /// <summary>Converts a text to a constraint; a malformed one is reported when the settings are checked.</summary>
    /// <param name="text">As for <see cref="Parse"/>.</param>
    /// <returns>The constraint.</returns>
    public static VersionConstraint FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Fault? fault = Read(text, out VersionConstraint? constraint);
        return constraint
            ?? new VersionConstraint(text, ConstraintForm.Range, VersionRange.Nothing, VersionRange.Nothing)
            {
                Fault = fault,
            };
    }

    /// <summary>Converts a text to a constraint; a malformed one is reported when the settings are checked.</summary>
    /// <param name="text">As for <see cref="Parse"/>; <see langword="null"/>: no constraint.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator VersionConstraint?(string? text) => text is null ? null : FromString(text);

    /// <summary>Reads a constraint without throwing.</summary>
    /// <param name="text">The text; blanks around it are dropped.</param>
    /// <param name="constraint">The constraint, or <see langword="null"/>.</param>
    /// <returns>Whether the text was a constraint.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out VersionConstraint? constraint)
    {
        constraint = null;
        return text is not null && Read(text, out constraint) is null && constraint is not null;
    }

    /// <summary>Returns the text the constraint was read from, without blanks around it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;

    /// <summary>Whether the other constraint has the same text.</summary>
    /// <param name="other">The other constraint.</param>
    /// <returns>Whether it has.</returns>
    public bool Equals(VersionConstraint? other) =>
        other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <summary>Returns the hash code of the text.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// Reads a constraint, or says what is wrong: exactly one of the two is null. Wrong may also be that the library of
    /// versions cannot be loaded (D8M8006): a script that converts texts should hear of that as of any other fault.
    /// </summary>
    internal static Fault? Read(string text, out VersionConstraint? constraint)
    {
        try
        {
            return ReadText(text, out constraint);
        }
        catch (Exception exception) when (LoadFailure.Translate(exception) is not null)
        {
            constraint = null;
            return LoadFailure.Translate(exception);
        }
    }

    private static Fault? ReadText(string text, out VersionConstraint? constraint)
    {
        string trimmed = text.Trim();
        constraint = null;
        return trimmed switch
        {
            "" => ConstraintFault.EmptyConstraint(text),
            { Length: > MaxLength } => ConstraintFault.TooLong(trimmed),
            ['=', ..] => ReadExact(trimmed, out constraint),
            ['>' or '<' or '~' or '^', ..] => ReadRange(trimmed, out constraint),
            _ => ReadBare(trimmed, out constraint),
        };
    }

    /// <summary>Whether a version belongs to the constraint. An exact tag admits the version it spells.</summary>
    internal bool Admits(SemanticVersion version, SelectionRules rules) =>
        (rules == SelectionRules.V025 ? _range025 : _range033).Accepts(version);

    /// <summary>What <c>||</c> separates, each for itself.</summary>
    internal ImmutableArray<ComparisonGroup> Alternatives(SelectionRules rules) =>
        (rules == SelectionRules.V025 ? _range025 : _range033).Groups;

    private static Fault? ReadExact(string text, out VersionConstraint? constraint)
    {
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        string tag = plus < 0 ? text[1..] : text[1..plus];
        string? channel = plus < 0 ? null : text[(plus + 1)..];
        VersionRange range = VersionLiteral.TryParse(tag, out VersionLiteral? literal) && !literal.HasWildcard
            ? VersionRange.Create(ComparisonOperator.Equal, literal with { StatedParts = 3 })
            : VersionRange.Nothing;
        constraint = tag.Length == 0 ? null : new VersionConstraint(text, ConstraintForm.Exact, range, range)
        {
            Tag = tag,
            Channel = channel is not null && ReleaseChannel.IsChannel(channel) ? channel : null,
        };
        return constraint is null ? ConstraintFault.EmptyTag(text) : null;
    }

    private static Fault? ReadRange(string text, out VersionConstraint? constraint)
    {
        constraint = VersionRangeParser.TryParse(text, out VersionRange? range)
            ? new VersionConstraint(text, ConstraintForm.Range, range, range)
            : null;
        return constraint is null ? ConstraintFault.BadRange(text) : null;
    }

    // d8 0.25.2 puts a caret before the text and so takes 1.x as well; 0.33 refuses it. The text is read before the
    // rules are known, and the meaning is plain under both, so it is accepted under both.
    private static Fault? ReadBare(string text, out VersionConstraint? constraint)
    {
        constraint = VersionLiteral.TryParse(text, out VersionLiteral? literal)
            ? new VersionConstraint(
                text,
                literal.HasWildcard ? ConstraintForm.Range : ConstraintForm.Bare,
                VersionRange.Create(ComparisonOperator.Caret, literal),
                VersionRange.Create(ComparisonOperator.RestOfMajor, literal))
            : null;
        return constraint is null ? ConstraintFault.BadVersion(text) : null;
    }
}
