namespace Mirror.TestKit.Mini;

/// <summary>
/// What the miniature source offers, read from <c>source.json</c> alone: an oracle that shares no code with the loader.
/// </summary>
public static class SourceListing
{
    /// <summary>Every (repository, tag, digest), in the order of the file; untagged images after the tags.</summary>
    public static IReadOnlyList<SourceReference> Load()
    {
        var references = new List<SourceReference>();
        using var document = DeckhouseMini.ReadDescription();
        foreach (var repository in document.RootElement.GetProperty("repositories").EnumerateObject())
        {
            foreach (var tag in repository.Value.GetProperty("tags").EnumerateObject())
            {
                var digest = tag.Value.GetProperty("digest").GetString()!;
                references.Add(new SourceReference(repository.Name, tag.Name, digest));
            }

            foreach (var untagged in repository.Value.GetProperty("untagged").EnumerateArray())
            {
                var digest = untagged.GetProperty("digest").GetString()!;
                references.Add(new SourceReference(repository.Name, null, digest));
            }
        }

        return references;
    }
}
