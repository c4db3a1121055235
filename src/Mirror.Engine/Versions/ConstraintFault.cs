using Mirror.Engine.Errors;

namespace Mirror.Engine.Versions;

internal static class ConstraintFault
{
    private const int ShownLength = 80;

    public static Fault TooLong(string text) => new(
        FaultCode.FilterMalformed,
        $"The rule {Quoted(text)} has {text.Length} characters; {VersionConstraint.MaxLength} are allowed.",
        "Split it into several rules: rules of one name are combined.");

    public static Fault EmptyConstraint(string text) => new(
        FaultCode.FilterMalformed,
        $"The rule {Quoted(text)} has an empty version constraint.",
        "Write a constraint such as ^1.2.0, or leave out the @ to follow the release channels.");

    public static Fault EmptyTag(string text) => new(
        FaultCode.FilterMalformed,
        $"The constraint {Quoted(text)} names no tag after '='.",
        "Write the tag, for example =v1.2.3 or =v1.2.3+stable.");

    public static Fault BadVersion(string text) => new(
        FaultCode.VersionMalformed,
        $"The version constraint {Quoted(text)} is not a version.",
        "Write one version such as 1.2.0, an exact tag such as =v1.2.0, or a range that starts with >, <, ~ or ^.");

    public static Fault BadRange(string text) => new(
        FaultCode.ConstraintMalformed,
        $"The version range {Quoted(text)} is malformed.",
        "Separate comparisons by a blank or a comma and alternatives by ||, for example '>=1.2.0 &lt;1.5.0 || ^2.0.0' "
            + "(outside XML, write < for &lt;).");

    // Text from a project file may hold anything; a message is one line of moderate length.
    private static string Quoted(string text)
    {
        string shown = text.Length > ShownLength ? string.Concat(text.AsSpan(0, ShownLength), "...") : text;
        return $"'{LogLine.Printable(shown)}'";
    }
}
