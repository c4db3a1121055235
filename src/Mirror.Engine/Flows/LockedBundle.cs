using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Deckhouse.Locked;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows;

/// <summary>Compares a bundle with the lock that it must be equal to.</summary>
internal static class LockedBundle
{
    /// <summary>Compares, if there is a lock. The archives are sound.</summary>
    /// <exception cref="MirrorException">D8M4203.</exception>
    public static void Demand(LockFile? file, BundleReader bundle)
    {
        if (file is null)
        {
            return;
        }

        List<string> differences = [];
        Dictionary<string, LockedArchive> locked = file.Archives.ToDictionary(archive => archive.Name);
        HashSet<string> present = [];
        foreach ((ArchiveReader archive, ArchiveContent content) in bundle.Archives.Zip(bundle.Content))
        {
            string name = archive.Archive.Name;
            present.Add(name);
            if (locked.TryGetValue(name, out LockedArchive? wanted))
            {
                differences.AddRange(Differences(wanted, archive, content));
            }
            else if (!file.Floating.Contains(name))
            {
                differences.Add($"{name} is not locked");
            }
        }

        differences.AddRange(locked.Keys.Where(name => !present.Contains(name))
            .Order(StringComparer.Ordinal).Select(name => $"{name} is missing"));
        if (differences.Count > 0)
        {
            throw new MirrorException(LockFaults.NotAsLocked(differences));
        }
    }

    private static IEnumerable<string> Differences(LockedArchive wanted, ArchiveReader archive, ArchiveContent content)
    {
        if (archive.Fingerprint() == wanted.Fingerprint)
        {
            return [];
        }

        Dictionary<(string Path, string Tag), Digest> found = TaggedImage.In([content])
            .DistinctBy(image => (image.Path, image.Tag))
            .ToDictionary(image => (image.Path, image.Tag), image => image.Digest);
        Dictionary<(string Path, string Tag), Digest> expected = wanted.Layouts
            .SelectMany(layout => layout.Images, (layout, image) =>
                ((layout.Path, Tag: image.Tag ?? image.Digest.Hex), image.Digest))
            .ToDictionary(image => image.Item1, image => image.Digest);
        string[] differences =
        [
            .. expected.Where(image => found.GetValueOrDefault(image.Key) != image.Value)
                .Select(image => found.TryGetValue(image.Key, out Digest other)
                    ? $"{Name(image.Key)} is {other}, locked {image.Value}"
                    : $"{Name(image.Key)} is missing"),
            .. found.Where(image => !expected.ContainsKey(image.Key))
                .Select(image => $"{Name(image.Key)} is not locked"),
        ];
        Array.Sort(differences, StringComparer.Ordinal);
        return differences.Length > 0
            ? differences.Select(difference => $"{wanted.Name}: {difference}")
            : content.Layouts.Any(layout => layout.DeltaBase is not null)
                ? []
                : [$"{wanted.Name} has the locked images in other bytes"];

        static string Name((string Path, string Tag) image) =>
            image.Path.Length == 0 ? image.Tag : $"{image.Path}:{image.Tag}";
    }
}
