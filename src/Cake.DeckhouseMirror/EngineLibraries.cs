using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace Cake.DeckhouseMirror;

/// <summary>
/// The libraries of the engine where another addin brought an older version first. Cake loads all addins into one
/// context, which keeps one assembly of a name; asked for a newer one, the runtime asks here. The library is then
/// loaded from the folder of addins into this context, which nothing else uses.
/// </summary>
internal sealed class EngineLibraries : AssemblyLoadContext
{
    private readonly string _addin;
    private readonly Dictionary<string, AssemblyName> _wanted;

    /// <summary>Finds the libraries of an engine.</summary>
    /// <param name="addin">The file of the addin: in a package among others, or beside its libraries.</param>
    /// <param name="wanted">What the engine was compiled against.</param>
    public EngineLibraries(string addin, IEnumerable<AssemblyName> wanted)
        : base(nameof(DeckhouseMirror))
    {
        _addin = addin;
        _wanted = wanted.Where(name => !name.Name!.StartsWith("System.", StringComparison.Ordinal))
            .ToDictionary(name => name.Name!, StringComparer.Ordinal);
    }

    /// <summary>Answers the context that the addin is loaded into, from now on.</summary>
    public static void Register()
    {
        Assembly addin = typeof(EngineLibraries).Assembly;
        EngineLibraries libraries = new(
            addin.Location, typeof(Mirror.Engine.MirrorEngine).Assembly.GetReferencedAssemblies());
        (GetLoadContext(addin) ?? Default).Resolving += (_, name) => libraries.Find(name);
    }

    /// <summary>The library; <see langword="null"/>: it is not one of the engine's, or was not installed.</summary>
    public Assembly? Find(AssemblyName name) =>
        name.Name is not null && _wanted.TryGetValue(name.Name, out AssemblyName? wanted)
            && name.Version <= wanted.Version
            && FileOf(wanted) is { } file
                ? LoadFromAssemblyPath(file)
                : null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => null;

    // Cake unpacks each package into a folder of its own: YamlDotNet.18.1.0/lib/net8.0/YamlDotNet.dll.
    private string? FileOf(AssemblyName wanted)
    {
        string file = $"{wanted.Name}.dll";
        string folder = Path.GetDirectoryName(_addin) ?? "";
        DirectoryInfo? packages = folder.Length == 0 ? null : new DirectoryInfo(folder).Parent?.Parent?.Parent;
        IEnumerable<string> installed = packages is { Exists: true }
            ? from package in packages.EnumerateDirectories()
              from framework in Frameworks(package)
              let path = Path.Combine(framework.FullName, file)
              where File.Exists(path)
              orderby RankOf(framework.Name) descending
              select path
            : [];
        return installed.Prepend(Path.Combine(folder, file)).FirstOrDefault(path => Fits(path, wanted));
    }

    private static IEnumerable<DirectoryInfo> Frameworks(DirectoryInfo package)
    {
        DirectoryInfo libraries = new(Path.Combine(package.FullName, "lib"));
        return libraries.Exists
            ? libraries.EnumerateDirectories().Where(framework => RankOf(framework.Name) > 0)
            : [];
    }

    /// <summary>The better a library is for this runtime, the higher; 0: it does not run here.</summary>
    private static decimal RankOf(string framework)
    {
        const string Standard = "netstandard";
        bool isStandard = framework.StartsWith(Standard, StringComparison.Ordinal);
        string version = framework[(isStandard ? Standard.Length : int.Min(3, framework.Length))..];
        return decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal rank)
            ? isStandard ? rank : rank >= 5 && rank < Environment.Version.Major + 1 ? rank : 0
            : 0;
    }

    private static bool Fits(string path, AssemblyName wanted)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        AssemblyName found = AssemblyName.GetAssemblyName(path);
        return found.Version >= wanted.Version
            && found.GetPublicKeyToken().AsSpan().SequenceEqual(wanted.GetPublicKeyToken());
    }
}
