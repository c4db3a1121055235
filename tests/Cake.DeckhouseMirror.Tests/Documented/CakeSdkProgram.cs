using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.Scripting.CodeGen;
using Cake.DeckhouseMirror.Tests.Package;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cake.DeckhouseMirror.Tests.Documented;

/// <summary>
/// A stand-in for what Cake.Sdk makes of a C# file: aliases, by Cake's own generator, as methods of the program, and
/// the namespaces that their methods import as global usings. As the real source generator, it does not look at imports
/// of classes.
/// </summary>
internal static partial class CakeSdkProgram
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        global using Cake.Core; global using Cake.Core.IO; global using Cake.Core.Diagnostics;
        global using Cake.Core.Scripting;

        """;

    private const string Host = """
        partial class Program
        {
            private static ICakeContext Context => throw new NotSupportedException();
            private static IScriptHost ScriptHost => throw new NotSupportedException();
            public static CakeTaskBuilder Task(string name) => ScriptHost.Task(name);
            public static CakeReport RunTarget(string target) => ScriptHost.RunTarget(target);
            public static CakeReport RunTargets(IEnumerable<string> targets) => ScriptHost.RunTargets(targets);

        """;

    /// <summary>Where Cake's own aliases are; the addin's tests do not refer to it.</summary>
    private static string Common => Path.Combine(
        Path.GetDirectoryName(PackageFile.Restored("Cake.Tool", $"{typeof(ICakeContext).Assembly.GetName().Version!
            .ToString(3)}").Path)!,
        "tools", "net10.0", "any", "Cake.Common.dll");

    /// <summary>Compiles the text of a program.</summary>
    /// <param name="text">Top-level statements.</param>
    /// <param name="withImports">Whether namespaces are imported; without, to see that a program needs them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Errors and warnings.</returns>
    public static ImmutableArray<Diagnostic> Compile(
        string text, bool withImports, CancellationToken cancellationToken)
    {
        Assembly common = Assembly.LoadFrom(Common);
        MethodInfo[] aliases =
        [
            .. AliasesIn(common.GetType("Cake.Common.ArgumentAliases", throwOnError: true)!),
            .. AliasesIn(typeof(DeckhouseMirrorAliases)),
        ];
        IEnumerable<string> imports = aliases
            .SelectMany(method => method.GetCustomAttributes<CakeNamespaceImportAttribute>())
            .Select(import => $"global using {import.Namespace};\n")
            .Distinct();
        string wrappers = string.Join('\n', aliases.Select(MethodAliasGenerator.Generate));
        string generated = Usings + (withImports ? string.Concat(imports) : "") + Host
            + PublicMember().Replace(wrappers, "public static ") + "\n}\n";
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. CSharpCompilation.Create(
                    "ProgramOfAReader",
                    [Parse(text, cancellationToken), Parse(generated, cancellationToken)],
                    platform.Split(Path.PathSeparator).Append(Common)
                        .Select(file => MetadataReference.CreateFromFile(file)),
                    new CSharpCompilationOptions(
                        OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable))
                .GetDiagnostics(cancellationToken)
                .Where(found => found.Severity >= DiagnosticSeverity.Warning && found.Id != "CS8632"),
        ];
    }

    private static IEnumerable<MethodInfo> AliasesIn(Type type) =>
        type.GetMethods().Where(method => method.IsDefined(typeof(CakeMethodAliasAttribute)));

    private static SyntaxTree Parse(string text, CancellationToken cancellationToken) =>
        CSharpSyntaxTree.ParseText(text, cancellationToken: cancellationToken);

    [GeneratedRegex("^public ", RegexOptions.Multiline, 10_000)]
    private static partial Regex PublicMember();
}
