using System.Text;

namespace Mirror.Engine.Errors;

/// <summary>
/// The name of a setting within the text of a <see cref="Fault"/>: the member of the settings record, between two marks
/// that tell the fault where to put the name that a front end has for it. The marks are noncharacters, which Unicode
/// reserves for use within a program. Only texts of faults take marked names; <see cref="Fault.Message"/> and
/// <see cref="Fault.Advice"/> show the member alone.
/// </summary>
internal static class SettingName
{
    private const char Start = '\uFDD0';
    private const char End = '\uFDD1';

    public static string AllowedRealms { get; } = Mark("AllowedRealms");

    public static string BundleChunkSize { get; } = Mark("BundleChunkSize");

    public static string BundleDirectory { get; } = Mark("BundleDirectory");

    public static string BundleFormat { get; } = Mark("BundleFormat");

    public static string CaFile { get; } = Mark("CaFile");

    public static string ClientCertificateFile { get; } = Mark("ClientCertificateFile");

    public static string Components { get; } = Mark("Components");

    public static string DeckhouseCliTag { get; } = Mark("DeckhouseCliTag");

    public static string DeckhouseTag { get; } = Mark("DeckhouseTag");

    public static string Files { get; } = Mark("Files");

    public static string Force { get; } = Mark("Force");

    public static string GostDigest { get; } = Mark("GostDigest");

    public static string IgnoreSuspend { get; } = Mark("IgnoreSuspend");

    public static string IncludePlatform { get; } = Mark("IncludePlatform");

    public static string IncludePlugins { get; } = Mark("IncludePlugins");

    public static string Insecure { get; } = Mark("Insecure");

    public static string LicenseToken { get; } = Mark("LicenseToken");

    public static string LockDatabases { get; } = Mark("LockDatabases");

    public static string LockFile { get; } = Mark("LockFile");

    public static string LockUpdate { get; } = Mark("LockUpdate");

    public static string MaxConnections { get; } = Mark("Transfer.MaxConnections");

    public static string ModulesPathSuffix { get; } = Mark("ModulesPathSuffix");

    public static string OutputsFile { get; } = Mark("OutputsFile");

    public static string ProxyRegistry { get; } = Mark("ProxyRegistry");

    public static string ReportFile { get; } = Mark("ReportFile");

    public static string SelectionRules { get; } = Mark("SelectionRules");

    public static string SinceVersion { get; } = Mark("SinceVersion");

    public static string Source { get; } = Mark("Source");

    public static string Target { get; } = Mark("Target");

    public static string Timeout { get; } = Mark("Timeout");

    public static string TlsSkipVerify { get; } = Mark("TlsSkipVerify");

    public static string TmpDirectory { get; } = Mark("TmpDirectory");

    /// <summary>The marked name of a member.</summary>
    public static string Mark(string member) => $"{Start}{member}{End}";

    /// <summary>The marked name of the setting that leaves a component out, by its name in the enumeration.</summary>
    public static string Without(string component) => Mark(MemberWithout(component));

    /// <summary>What leaving a component out is called where a member is named.</summary>
    public static string MemberWithout(string component) => $"Components without {component}";

    /// <summary>The text with the members alone.</summary>
    public static string Unmark(string text) => Replace(text, member => member);

    /// <summary>The text with another name for each member.</summary>
    public static string Replace(string text, Func<string, string> nameOf)
    {
        if (!text.Contains(Start, StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder replaced = new(text.Length);
        foreach ((string before, string? member) in Split(text))
        {
            replaced.Append(before).Append(member is null ? "" : nameOf(member));
        }

        return replaced.ToString();
    }

    /// <summary>The members that a text names, in order.</summary>
    public static IEnumerable<string> In(string text) => Split(text).Select(part => part.Member).OfType<string>();

    private static IEnumerable<(string Before, string? Member)> Split(string text)
    {
        int done = 0;
        for (int start = text.IndexOf(Start); start >= 0; start = text.IndexOf(Start, done))
        {
            int end = text.IndexOf(End, start);
            if (end < 0)
            {
                break;
            }

            yield return (text[done..start], text[(start + 1)..end]);
            done = end + 1;
        }

        yield return (text[done..], null);
    }
}
