using System.Globalization;
using System.Text;

namespace Mirror.Engine.Hosting;

/// <summary>
/// The commands of CI systems, with the escaping that each has. Properties without a value are left out. No text can
/// end its command or add a property to it.
/// </summary>
internal static class CiCommand
{
    /// <summary>A workflow command of GitHub Actions: <c>::error file=a.proj,line=5::text</c>.</summary>
    public static string GitHub(string name, string text, params IEnumerable<(string Name, string? Value)> properties)
    {
        string list = string.Join(
            ',',
            from property in properties
            where property.Value is not null
            select $"{property.Name}={Escape(property.Value, "%25").Replace(":", "%3A", StringComparison.Ordinal)
                .Replace(",", "%2C", StringComparison.Ordinal)}");
        return $"::{name}{(list.Length > 0 ? " " : "")}{list}::{Escape(text, "%25")}";
    }

    /// <summary>A logging command of Azure Pipelines: <c>##vso[task.logissue type=error;]text</c>.</summary>
    public static string Azure(string name, string text, params IEnumerable<(string Name, string? Value)> properties)
    {
        string list = string.Concat(
            from property in properties
            where property.Value is not null
            select $"{property.Name}={Escape(property.Value, "%AZP25").Replace("]", "%5D", StringComparison.Ordinal)
                .Replace(";", "%3B", StringComparison.Ordinal)};");
        return $"##vso[{name}{(list.Length > 0 ? " " : "")}{list}]{Escape(text, "%AZP25")}";
    }

    /// <summary>A service message of TeamCity: <c>##teamcity[message text='text' status='ERROR']</c>.</summary>
    public static string TeamCity(string name, params IEnumerable<(string Name, string Value)> attributes) =>
        $"##teamcity[{name}{string.Concat(attributes.Select(
            attribute => $" {attribute.Name}='{EscapeForTeamCity(attribute.Value)}'"))}]";

    private static string Escape(string text, string percent) => text
        .Replace("%", percent, StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeForTeamCity(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char character in text)
        {
            if (character is '|' or '\'' or '[' or ']')
            {
                escaped.Append('|').Append(character);
            }
            else if (char.IsAscii(character) && !char.IsControl(character))
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"|0x{(int)character:X4}");
            }
        }

        return escaped.ToString();
    }
}
