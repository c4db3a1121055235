using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>
/// Every static method of the engine that is called Parse, Read, TryParse or TryRead, and something more behind it, is
/// tried by a target or stands here with the reason why it is not.
/// </summary>
public sealed partial class FuzzCompletenessTests
{
    private const BindingFlags OwnMethods =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, string> NotTried = new(StringComparer.Ordinal)
    {
        ["EarlierBundle.ReadAsync"] = "reads files and hands them to BundleJson",
        ["EarlierArchive.Read"] = "reads a file and hands it to JournalLines.Read",
        ["ExpectedState.ReadAsync"] = "hands files to LockReader and HaveReader, and a bundle to its readers",
        ["MetadataJson.Read"] = "the frame around ReleaseMetadata, ReleaseManifest, ExtraImages and ImageDigests",
        ["NamedFile.Read"] = "reads a file; what is in it goes to a reader of its format",
        ["SmallFile.Read"] = "reads a file; what is in it goes to CredentialFile or a reader of certificates",
    };

    private static IEnumerable<Type> Types => typeof(MirrorEngine).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("Mirror.Engine", StringComparison.Ordinal) == true
            && !type.IsDefined(typeof(CompilerGeneratedAttribute)));

    [Fact]
    public void Every_parser_of_the_engine_is_tried_or_stands_here_with_a_reason()
    {
        HashSet<string> tried = [.. FuzzTarget.All.SelectMany(target => target.Covers)];

        Assert.Empty(Parsers().Except(tried).Except(NotTried.Keys));
    }

    [Fact]
    public void What_is_named_as_tried_or_not_exists()
    {
        HashSet<string> methods = [.. Types.SelectMany(type => type.GetMethods(OwnMethods), NameOf)];

        Assert.Empty(FuzzTarget.All.SelectMany(target => target.Covers).Concat(NotTried.Keys).Except(methods));
    }

    [Fact]
    public void No_two_targets_have_one_name() =>
        Assert.Equal(FuzzTarget.All.Length, FuzzTarget.All.Select(target => target.Name).Distinct().Count());

    private static IEnumerable<string> Parsers() => Types
        .SelectMany(
            type => type.GetMethods(OwnMethods).Where(
                method => method is { IsStatic: true, IsPrivate: false } && ParserName().IsMatch(method.Name)),
            NameOf)
        .Distinct();

    private static string NameOf(Type type, MethodInfo method) => $"{type.Name}.{method.Name}";

    [GeneratedRegex(@"\A(Try)?(Parse|Read)([A-Z]\w*)?\z", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ParserName();
}
