using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Settings.Ends;

/// <summary>
/// The environment variables of one run, read once: worker processes are reused between builds, and
/// their environment changes under a running engine.
/// </summary>
internal sealed class RunEnvironment(
    IEnumerable<KeyValuePair<string, string>> variables, StringComparer? names = null)
{
    private readonly FrozenDictionary<string, string> _variables =
        variables.ToFrozenDictionary(names ?? StringComparer.Ordinal);

    /// <summary>The value of a variable; <see langword="null"/> when unset or empty.</summary>
    public string? this[string name] =>
        _variables.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>The variables of this process, as they are now; on Windows their names have no case.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one reader, for hosts that pass no variables.")]
    public static RunEnvironment OfProcess() => new(
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(static variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")),
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>All variables, for programs that are started.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>The first of some variables that is set.</summary>
    public string? FirstOf(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (this[name] is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
