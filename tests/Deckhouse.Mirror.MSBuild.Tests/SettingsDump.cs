using System.Collections;
using System.Globalization;
using System.Reflection;
using Mirror.Engine;
using Mirror.Engine.Settings.Ends;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>Settings as texts by the path of each member, those that only this assembly may see included.</summary>
internal static class SettingsDump
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The members in which two settings differ.</summary>
    public static IEnumerable<string> Differences(MirrorSettings one, MirrorSettings other)
    {
        Dictionary<string, string> first = new(Of(one, ""), StringComparer.Ordinal);
        return Of(other, "").Where(member => first[member.Key] != member.Value).Select(member => member.Key);
    }

    /// <summary>The values of all members.</summary>
    public static IEnumerable<string> ValuesOf(MirrorSettings settings) =>
        Of(settings, "").Select(member => member.Value);

    private static IEnumerable<KeyValuePair<string, string>> Of(object settings, string prefix)
    {
        foreach (PropertyInfo property in settings.GetType().GetProperties(Members)
            .Where(property => property.Name != "EqualityContract" && property.GetIndexParameters().Length == 0))
        {
            string path = prefix + property.Name;
            object? value = property.GetValue(settings);
            if (value is RegistryEndpoint or TransferLimits or CredentialNames)
            {
                foreach (KeyValuePair<string, string> member in Of(value, path + "."))
                {
                    yield return member;
                }
            }
            else
            {
                yield return new(path, value is IEnumerable items and not string
                    ? string.Join(';', items.Cast<object>())
                    : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
        }
    }
}
