using Mirror.Engine.Errors;

namespace Mirror.Engine.Settings.Texts;

internal static class SettingFault
{
    public static Fault Missing(string label, string advice) =>
        new(FaultCode.SettingMissing, $"{label} is required, but not set.", advice);

    public static Fault Malformed(string label, string text, string noun, string form) => new Fault(
        FaultCode.SettingMalformed,
        $"{label} is {QuotedText.Quote(text)}, which is not a valid {noun}.",
        $"Write {form}.").WithValue(text);

    public static Fault Repeated(string label, int count) => new(
        FaultCode.SettingMalformed, $"{label} is given {count} times, but takes one value.", "Give it once.");

    public static Fault Unknown(string name, IEnumerable<string> known) => new(
        FaultCode.SettingMalformed,
        $"There is no setting {QuotedText.Quote(name)}.",
        $"{NearestNames.Ask(name, known)}Correct the name; docs/settings.md lists all settings.")
    {
        Settings = [new SettingReference(name)],
    };

    public static Fault NoVariableName(string label) => new(
        FaultCode.SettingMalformed,
        $"{label} does not hold the name of an environment variable.",
        "Write the variable's name there. If the secret itself was written there, it is in the build log: replace it.");

    public static Fault VariableNotSet(string label) => new(
        FaultCode.SettingMissing,
        $"The environment variable that {label} names is not set.",
        $"Set that variable, or correct {label}: it holds the name of a variable, never the secret itself.");

    public static Fault OutOfRange(string label, string value, string range) =>
        new Fault(FaultCode.SettingOutOfRange, $"{label} is {value}.", $"It must be {range}.").WithValue(value);

    public static Fault PathNotQualified(string label, string path) => new Fault(
        FaultCode.PathNotQualified,
        $"{label} is {QuotedText.Quote(path)}, which is not a full path.",
        "Give a full path.")
        .WithValue(path);

    public static Fault Conflict(string label, string other) => new(
        FaultCode.SettingsConflict, $"{label} and {other} are both set, but exclude each other.", "Remove one.");

    public static Fault ConstraintIsPath(string label, string text) => new Fault(
        FaultCode.ConstraintIsPath,
        $"{label} is {QuotedText.Quote(text)}, which looks like a path.",
        $"Write a version constraint such as ^1.65.0; the bundle's folder belongs in {SettingName.BundleDirectory}.")
        .WithValue(text);

    public static Fault Unavailable(string label, string advice) =>
        new(FaultCode.SettingUnavailable, $"{label} is not available in this version.", advice);

    public static Fault SecretInProperty(ForbiddenSecret secret) => new(
        FaultCode.SecretInProperty,
        $"{secret.Name} is set, but it would hold a secret, and settings are written into logs.",
        $"Remove it, replace the secret, and put the new one into the variable {secret.Variable}.")
    {
        Settings = [new SettingReference(secret.Name, "a secret")],
    };
}

/// <summary>A property that must not be set, as build logs show properties, and where its secret belongs.</summary>
internal sealed record ForbiddenSecret(string Name, string Variable);
