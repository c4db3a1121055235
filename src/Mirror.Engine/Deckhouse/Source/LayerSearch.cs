using Mirror.Engine.Archives;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>Looks for files in the layers of one image, which it is given from the top-most down.</summary>
internal sealed class LayerSearch(ImmutableArray<string> names)
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";

    private readonly UnpackAllowance _allowance = new();
    private readonly HashSet<string> _open = [.. names];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _found = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Found => _found;

    /// <summary>How many layers were looked at; later ones have less to unpack to.</summary>
    public int Layers { get; private set; }

    /// <summary>Whether lower layers have nothing to add.</summary>
    public bool IsOver => _open.Count == 0;

    /// <summary>Reads the next layer.</summary>
    /// <exception cref="FormatException">It cannot be read, or costs more than it may.</exception>
    public void Read(Stream content, CancellationToken cancellationToken)
    {
        Layers++;
        HashSet<string> hidden = new(StringComparer.Ordinal);
        using UnpackedLayer layer = UnpackedLayer.Open(content, _allowance, cancellationToken);
        LayerEntries entries = new(layer);
        while (entries.Next())
        {
            string name = Normalise(entries.Name);
            if (HiddenBy(name) is { } path)
            {
                hidden.UnionWith(_open.Where(wanted => path.Length == 0 || wanted == path
                    || wanted.StartsWith(path + "/", StringComparison.Ordinal)));
            }
            else if (_open.Contains(name))
            {
                _found[name] = entries.Read();
            }
        }

        // A whiteout hides lower layers only, so it is applied after the whole layer was seen.
        _open.ExceptWith(_found.Keys);
        _open.ExceptWith(hidden);
    }

    private static string Normalise(string name) =>
        string.Join('/', name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));

    /// <summary>The path that a whiteout hides; an opaque marker hides everything in its folder.</summary>
    private static string? HiddenBy(string name)
    {
        int slash = name.LastIndexOf('/');
        string folder = slash < 0 ? "" : name[..slash];
        string file = name[(slash + 1)..];
        return file switch
        {
            Opaque => folder,
            _ when file.StartsWith(Whiteout, StringComparison.Ordinal) =>
                folder.Length == 0 ? file[Whiteout.Length..] : $"{folder}/{file[Whiteout.Length..]}",
            _ => null,
        };
    }
}
