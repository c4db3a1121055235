using System.Text.RegularExpressions;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>How MSBuild shows an error of a project: <c>file(line): error D8M....: text</c>.</summary>
internal static class ErrorForm
{
    /// <summary>A pattern for the start of such a line, whatever line it is.</summary>
    public static string Of(string file, string code) => $@"^{Regex.Escape(file)}\([1-9]\d*\): error {code}: ";

    /// <summary>The start of the line of an error that no line of a file makes.</summary>
    public static string WithoutLine(string file, string code) => $"{file} : error {code}: ";

    /// <summary>The start of such a line.</summary>
    public static string At(string file, int line, string code) => $"{file}({line}): error {code}: ";
}
