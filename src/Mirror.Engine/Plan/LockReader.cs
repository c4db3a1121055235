using System.Text;
using System.Text.Json;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>
/// Reads a lock, which somebody may have edited, merged or forged: every member is known, every name could be that of a
/// bundle, every digest is one. Nothing is passed over.
/// </summary>
internal static class LockReader
{
    private const int FingerprintLength = 64;
    private const int SelectedTexts = 10_000;

    /// <exception cref="FormatException">It is not a lock; says why.</exception>
    public static LockFile Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > LockFile.MaxBytes)
        {
            throw new FormatException($"it has {content.Length} bytes, more than the {LockFile.MaxBytes} of any lock");
        }

        RefuseMarkers(content.Span);
        using JsonDocument document = StrictJson.Parse(WithoutMark(content));
        JsonMembers root = new(document.RootElement, "the lock");
        string format = root.Text("format");
        if (format != LockFile.CurrentFormat)
        {
            throw new FormatException($"its format is {QuotedText.Quote(format)}, not {LockFile.CurrentFormat}");
        }

        LockFile file = new()
        {
            Source = root.Text("source"),
            BundleFormat = root.Text("bundleFormat"),
            Selection = ReadSelection(root.Object("selection")),
            Floating = root.Texts("floating", Archive, SelectedTexts),
            Archives = ReadAll(root.Object("archives"), "an archive", Archive, ReadArchive, archive => archive.Name),
            Files = root.Object("files").All().ToImmutableSortedDictionary(
                member => Plain(member.Name), member => DigestOf(member.Value), StringComparer.Ordinal),
        };
        root.RefuseOthers();
        return file.Floating.FirstOrDefault(name => file.Archives.Any(archive => archive.Name == name)) is { } both
            ? throw new FormatException($"{both} is both locked and floating")
            : file;
    }

    /// <summary>A merge that was not finished leaves lines of its own.</summary>
    private static void RefuseMarkers(ReadOnlySpan<byte> content)
    {
        int number = 0;
        foreach (Range range in content.Split((byte)'\n'))
        {
            number++;
            ReadOnlySpan<byte> line = content[range];
            if (line.StartsWith("<<<<<<< "u8) || line.StartsWith(">>>>>>> "u8) || line.StartsWith("||||||| "u8))
            {
                throw new LockConflictException(number);
            }
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;

    private static ImmutableSortedDictionary<string, LockedSetting> ReadSelection(JsonMembers members)
    {
        ImmutableSortedDictionary<string, LockedSetting>.Builder selection =
            ImmutableSortedDictionary.CreateBuilder<string, LockedSetting>(StringComparer.Ordinal);
        foreach (JsonProperty member in members.All())
        {
            selection.Add(
                Plain(member.Name),
                member.Value.ValueKind == JsonValueKind.String
                    ? LockedSetting.One(Plain(member.Value.GetString()!))
                    : LockedSetting.Several(
                        JsonMembers.TextsOf(member.Value, member.Name, Plain, SelectedTexts)));
        }

        return selection.ToImmutable();
    }

    private static LockedArchive ReadArchive(string name, JsonMembers members)
    {
        LockedArchive archive = new(
            name,
            members.Number("bytes", OciLimits.PlanBytes),
            Fingerprint(members.Text("fingerprint")),
            ReadAll(members.Object("layouts"), "a layout", LayoutPath, ReadLayout, layout => layout.Path));
        members.RefuseOthers();
        return archive;
    }

    private static LockedLayout ReadLayout(string path, JsonMembers members)
    {
        string repository = members.Text("repository");
        LockedImage[] images =
        [
            .. members.Object("tags").All()
                .Select(tag => new LockedImage(Tag(tag.Name), DigestOf(tag.Value)))
                .OrderBy(image => image.Tag, StringComparer.Ordinal),
            .. members.Texts("digests", text => text, int.MaxValue)
                .Select(text => new LockedImage(null, ParseDigest(text)))
                .OrderBy(image => $"{image.Digest}", StringComparer.Ordinal),
        ];
        members.RefuseOthers();
        if ((repository.Length > 0 || images.Length > 0) && !RepositoryName.IsValid(repository))
        {
            throw new FormatException($"{QuotedText.Quote(repository)} is not a repository");
        }

        return images.GroupBy(image => image.Tag ?? image.Digest.Hex, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } repeated
                ? throw new FormatException($"the layout '{path}' has {repeated.Key} twice")
                : new LockedLayout(path, repository, [.. images]);
    }

    private static ImmutableArray<T> ReadAll<T>(
        JsonMembers members,
        string noun,
        Func<string, string> name,
        Func<string, JsonMembers, T> read,
        Func<T, string> key) =>
    [
        .. members.All()
            .Select(member => read(name(member.Name), new JsonMembers(member.Value, noun)))
            .OrderBy(key, StringComparer.Ordinal),
    ];

    private static string Archive(string name) => ArchiveName.IsValid(name)
        ? name
        : throw new FormatException($"{QuotedText.Quote(name)} is not the name of an archive");

    private static string LayoutPath(string path) => path.Length == 0 || RepositoryName.IsValid(path)
        ? path
        : throw new FormatException($"{QuotedText.Quote(path)} is not the path of a layout");

    private static string Tag(string tag) => RepositoryName.IsValidTag(tag)
        ? tag
        : throw new FormatException($"{QuotedText.Quote(tag)} is not a valid tag");

    private static string Fingerprint(string text) =>
        text.Length == FingerprintLength && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw new FormatException($"{QuotedText.Quote(text)} is not a fingerprint: 64 lower-case hex digits");

    /// <summary>Texts that are only compared and shown.</summary>
    private static string Plain(string text) => text.Length is > 0 and <= 1024 && !text.Any(char.IsControl)
        ? text
        : throw new FormatException($"{QuotedText.Quote(text)} is not the value of a setting or the name of a file");

    private static Digest DigestOf(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? ParseDigest(value.GetString()!)
        : throw new FormatException("a digest is not a text");

    private static Digest ParseDigest(string text) => Digest.TryParse(text, out Digest digest)
        ? digest
        : throw new FormatException($"{QuotedText.Quote(text)} is not a valid digest");
}
