using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// Reads the bases of a delta: inventories, bundles and locks. What can be read without the source is read before the
/// source is asked for anything.
/// </summary>
internal sealed class DeltaBases(EngineParts parts, WarningLog warnings)
{
    private const string Member = "DeltaBases";

    /// <summary>Reads the bases that the settings name, and chooses among them.</summary>
    /// <exception cref="MirrorException">D8M4401, D8M4402; or what is wrong with a bundle or lock.</exception>
    public async Task<ImmutableArray<ReadBase>> ReadAsync(
        CheckedPullSettings order, CancellationToken cancellationToken)
    {
        List<ReadBase> bases = [];
        List<Fault> faults = [];
        foreach (string path in order.Settings.DeltaBases)
        {
            try
            {
                ReadBase read = parts.Disk.DirectoryExists(path)
                    ? new ReadBase(path, await ReadBundleAsync(path, cancellationToken).ConfigureAwait(false), null)
                    : ReadFile(path);
                DemandSource(read, order);
                bases.Add(read);
            }
            catch (MirrorException failure)
            {
                faults.AddRange(failure.Faults);
            }
        }

        return faults.Count > 0
            ? throw new MirrorException([.. faults])
            : Choose([.. bases], order.Settings.DeltaBaseId);
    }

    /// <summary>The bases together; <see langword="null"/>: there are none.</summary>
    /// <exception cref="MirrorException">D8M4104: the source lacks what a lock names.</exception>
    public static async Task<DeltaBase?> ExpandAsync(
        ImmutableArray<ReadBase> bases, SourceSession session, CancellationToken cancellationToken)
    {
        ImmutableArray<HaveFile>.Builder states = ImmutableArray.CreateBuilder<HaveFile>();
        foreach (ReadBase read in bases)
        {
            states.Add(read.Have
                ?? await ExpandAsync(read.Lock!, session, cancellationToken).ConfigureAwait(false));
        }

        return states.Count == 0 ? null : new DeltaBase(states.ToImmutable());
    }

    private static async Task<HaveFile> ExpandAsync(
        LockFile file, SourceSession session, CancellationToken cancellationToken)
    {
        ResolvedParts resolved = await session.CreateResolver()
            .ResolveArchivesAsync(file, file.Archives, cancellationToken).ConfigureAwait(false);
        return new HaveFile
        {
            Source = file.Source,
            Basis = HaveBasis.Lock,
            Repositories = new HaveRepositories().Add(resolved.Archives).Build(),
        };
    }

    private static ImmutableArray<ReadBase> Choose(ImmutableArray<ReadBase> bases, string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return bases;
        }

        ImmutableArray<ReadBase> chosen =
            [.. bases.Where(read => read.StateId.StartsWith(id, StringComparison.Ordinal))];
        return chosen.IsEmpty
            ? throw new MirrorException(DeltaFaults.UnknownId(
                id, [.. bases.Select(read => StateId.Short(read.StateId)).Distinct(StringComparer.Ordinal)]))
            : chosen;
    }

    /// <summary>
    /// A base names its source, or only the target that it is of, whose path may name the edition at least.
    /// </summary>
    private static void DemandSource(ReadBase read, CheckedPullSettings order)
    {
        string wanted = order.Source.Reference;
        if (read.Source is { } source)
        {
            if (source != wanted)
            {
                throw new MirrorException(DeltaFaults.OtherSource(read.Path, source, wanted));
            }
        }
        else if (read.Have?.Target is { } target
            && RegistryTree.EditionIn(target) is { } edition
            && RegistryTree.EditionIn(wanted) is { } own
            && edition != own)
        {
            throw new MirrorException(DeltaFaults.OtherSource(read.Path, target, wanted));
        }
    }

    private ReadBase ReadFile(string path)
    {
        try
        {
            return parts.Disk.FileExists(path)
                && FileFormat.Find(NamedFile.Read(parts.Disk, path, HaveFile.MaxBytes)) == LockFile.CurrentFormat
                ? new ReadBase(path, null, new LockStore(parts.Disk, path).Read())
                : new ReadBase(path, new HaveStore(parts.Disk, path, Member).Read(), null);
        }
        catch (FormatException exception)
        {
            throw new MirrorException(DeltaFaults.Unreadable(path, Member, exception.Message), exception);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "read", member: Member);
        }
    }

    private async Task<HaveFile> ReadBundleAsync(string directory, CancellationToken cancellationToken)
    {
        using OpenBundle bundle = await OpenBundle.DemandAsync(
            parts.Disk, directory, [], warnings, cancellationToken).ConfigureAwait(false);
        return new HaveFile
        {
            Source = new BundleRecords(parts.Disk).SourceOf(bundle.Archives),
            Basis = HaveBasis.Bundle,
            Repositories = new HaveRepositories().Add(bundle.Reader.Content).Build(),
        };
    }
}

/// <summary>A base as it was found: an inventory, or a lock that the source has to be asked about.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Have">The inventory, also that of a bundle.</param>
/// <param name="Lock">The lock.</param>
internal sealed record ReadBase(string Path, HaveFile? Have, LockFile? Lock)
{
    public string StateId => Have?.StateId ?? Lock!.StateId;

    public string? Source => Have is null ? Lock!.Source : Have.Source;
}
