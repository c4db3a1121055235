using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Mirror.TestKit.Content;

/// <summary>Everything a registry holds, by repository. Safe for concurrent use.</summary>
public sealed class ContentSet
{
    private readonly ConcurrentDictionary<string, RepositoryContent> _repositories = new(StringComparer.Ordinal);

    /// <summary>The repositories in ordinal order of their names.</summary>
    public IReadOnlyList<RepositoryContent> Repositories =>
        [.. _repositories.Values.OrderBy(repository => repository.Name, StringComparer.Ordinal)];

    /// <summary>The repository of that name, made when it is not there.</summary>
    public RepositoryContent Repository(string name) =>
        _repositories.GetOrAdd(name, static created => new RepositoryContent(created));

    /// <summary>Finds a repository.</summary>
    public bool TryGetRepository(string name, [NotNullWhen(true)] out RepositoryContent? repository) =>
        _repositories.TryGetValue(name, out repository);

    /// <summary>A line per tag and per untagged manifest, by repository, tags first.</summary>
    public IReadOnlyList<ContentEntry> Dump() =>
        [.. Repositories.SelectMany(repository => repository.Entries())];
}
