using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// The CLI plugins of a source (docs/behaviour/pull.md#plugin-contracts): names, versions and contracts, each read when
/// it is needed and once. A refused repository and a broken contract are told; any other failure of a request ends the
/// run.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="readContract">Reads an annotation; a <see cref="FormatException"/> means a broken contract.</param>
internal sealed class PluginCatalogue(DeckhouseSource source, Func<string, PluginContract> readContract)
{
    private readonly Memo<string, PluginListing> _listings = new();
    private readonly Memo<(string Name, string Tag), ContractReading> _contracts = new();
    private readonly ConcurrentDictionary<string, Fault> _notes = new(StringComparer.Ordinal);

    public ImmutableArray<Fault> Notes =>
        [.. _notes.OrderBy(note => note.Key, StringComparer.Ordinal).Select(note => note.Value)];

    /// <summary>The tags of the catalogue, which are the names of plugins.</summary>
    public Task<PluginListing> NamesAsync(CancellationToken cancellationToken) =>
        ListAsync(source.Tree.Plugins, cancellationToken);

    public Task<PluginListing> TagsAsync(string name, CancellationToken cancellationToken) =>
        ListAsync(source.Tree.Plugin(name), cancellationToken);

    /// <summary>The stable versions of a plugin with a readable contract, newest first, read one by one.</summary>
    public async IAsyncEnumerable<PluginCandidate> CandidatesAsync(
        string name,
        Func<SemanticVersion, bool> isWanted,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PluginListing listing = await TagsAsync(name, cancellationToken).ConfigureAwait(false);
        foreach (TaggedVersion version in PluginVersion.StableNewestFirst(listing.Tags)
            .Where(version => isWanted(version.Version)))
        {
            ContractReading reading = await ContractAsync(name, version.Tag, cancellationToken).ConfigureAwait(false);
            if (reading.Contract is { } contract)
            {
                yield return new PluginCandidate(name, version, contract);
            }
            else if (reading.Flaw is null)
            {
                string reference = $"{source.Name(source.Tree.Plugin(name))}:{version.Tag}";
                _notes[reference] = PluginFaults.ContractBroken(reference, "the tag is listed, but does not exist.");
            }
        }
    }

    public Task<ContractReading> ContractAsync(string name, string tag, CancellationToken cancellationToken) =>
        _contracts.GetAsync(
            (name, tag), token => ReadContractAsync(name, tag, token), static _ => true, cancellationToken);

    private async Task<ContractReading> ReadContractAsync(
        string name, string tag, CancellationToken cancellationToken)
    {
        string repository = source.Tree.Plugin(name);
        try
        {
            string? annotation = await source
                .FindAnnotationAsync(repository, tag, PluginContractReader.Annotation, cancellationToken)
                .ConfigureAwait(false);
            return new ContractReading(annotation is null ? null : readContract(annotation), null);
        }
        catch (FormatException exception)
        {
            string reference = $"{source.Name(repository)}:{tag}";
            _notes[reference] = PluginFaults.ContractBroken(reference, exception.Message);
            return new ContractReading(null, exception.Message);
        }
    }

    private Task<PluginListing> ListAsync(string repository, CancellationToken cancellationToken) => _listings.GetAsync(
        repository,
        async token =>
        {
            try
            {
                return new PluginListing(
                    await source.FindTagsAsync(repository, token).ConfigureAwait(false) ?? [], null);
            }
            catch (MirrorException exception) when (exception.Faults.All(IsRefusal))
            {
                _notes[repository] = PluginFaults.Refused(source.Name(repository), exception.Faults[0]);
                return new PluginListing([], exception);
            }
        },
        static _ => true,
        cancellationToken);

    private static bool IsRefusal(Fault fault) => fault.Code is FaultCode.Unauthorized or FaultCode.Forbidden;
}

/// <summary>The tags of a repository of plugins, or that the source keeps it to others.</summary>
/// <param name="Tags">The tags; none: it does not exist, or is refused.</param>
/// <param name="Refusal">The answer 401 or 403, or <see langword="null"/>.</param>
internal sealed record PluginListing(ImmutableArray<string> Tags, MirrorException? Refusal);

/// <summary>What reading a plugin's contract came to.</summary>
/// <param name="Contract">The contract, or <see langword="null"/>.</param>
/// <param name="Flaw">Why it is not readable; <see langword="null"/> without contract: there is no such tag.</param>
internal sealed record ContractReading(PluginContract? Contract, string? Flaw);

/// <summary>A version of a plugin whose contract was read.</summary>
internal sealed record PluginCandidate(string Name, TaggedVersion Version, PluginContract Contract)
{
    public override string ToString() => $"{Name} {Version.Tag}";
}
