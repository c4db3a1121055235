using System.Collections.Concurrent;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;

namespace Mirror.Engine.Ends;

/// <summary>
/// Proves that a target has what a delta leaves out, before anything is written: each layer in each repository that
/// needs it. What another repository of the target has is mounted by the run; anything else that is missing ends it.
/// </summary>
internal sealed class BasePresence(RegistryClient client, int width)
{
    private const int Shown = 5;

    /// <summary>Asks the target for everything that a delta leaves out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="state">What the survey found.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The state, in which what is left to do includes the layers to mount.</returns>
    /// <exception cref="MirrorException">D8M5201.</exception>
    public async Task<TargetState> ProveAsync(
        MirrorPlan plan, TargetState state, CancellationToken cancellationToken)
    {
        HashSet<Digest> carried = [.. plan.Blobs.Select(blob => blob.Digest)];
        (string Repository, PlannedBlob Blob)[] expected =
        [
            .. plan.Archives.SelectMany(archive => archive.Layouts)
                .SelectMany(layout => layout.Omitted, (layout, blob) => (layout.Target!, blob))
                .Where(item => !carried.Contains(item.blob.Digest))
                .DistinctBy(item => (item.Item1, item.blob.Digest)),
        ];
        BlobPresence presence = new(client);
        ConcurrentDictionary<Digest, string> holders = [];
        ConcurrentBag<(string Repository, PlannedBlob Blob)> missing = [];
        await Parallel.ForEachAsync(
            expected,
            new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = cancellationToken },
            async (item, token) =>
            {
                if (await presence.IsThereAsync(item.Repository, item.Blob.Digest, item.Blob.Size, token)
                    .ConfigureAwait(false))
                {
                    holders[item.Blob.Digest] = item.Repository;
                }
                else
                {
                    missing.Add(item);
                }
            }).ConfigureAwait(false);
        ILookup<bool, (string Repository, PlannedBlob Blob)> byHolder =
            missing.ToLookup(item => holders.ContainsKey(item.Blob.Digest));
        return byHolder[false].Any()
            ? throw new MirrorException(Lacks(plan, [.. byHolder[false]]))
            : WithMounts(state, [.. byHolder[true]], holders);
    }

    private static TargetState WithMounts(
        TargetState state,
        (string Repository, PlannedBlob Blob)[] mounts,
        ConcurrentDictionary<Digest, string> holders) => mounts.Length == 0 ? state : state with
        {
            Remaining = state.Remaining with
            {
                Blobs =
                [
                    .. state.Remaining.Blobs,
                    .. mounts.GroupBy(item => item.Blob.Digest)
                        .OrderBy(group => group.Key)
                        .Select(group => group.First().Blob with
                        {
                            Targets = [.. group.Select(item => item.Repository).Order(StringComparer.Ordinal)],
                        }),
                ],
            },
            Holders = state.Holders.SetItems(
                mounts.Select(item => item.Blob.Digest).Distinct()
                    .Select(digest => KeyValuePair.Create(digest, holders[digest]))),
        };

    private static Fault Lacks(MirrorPlan plan, (string Repository, PlannedBlob Blob)[] missing)
    {
        HashSet<(string, Digest)> lacking = [.. missing.Select(item => (item.Repository, item.Blob.Digest))];
        string[] images =
        [
            .. plan.Publications
                .Where(tag => tag.Blobs.Any(blob => lacking.Contains((tag.Repository, blob.Digest))))
                .Select(tag => $"{tag.Repository}:{tag.Tag}"),
        ];
        return new Fault(
            FaultCode.TargetLacksBase,
            $"{plan.Target} lacks {ItemCount.Format(missing.Length, "layers")} "
                + $"({ByteCount.Format(missing.Sum(item => item.Blob.Size))}) of the state "
                + $"{StateId.Short(plan.DeltaBase!)} that this delta was made against. "
                + $"{ItemCount.Format(images.Length, "images")} need them: {string.Join(", ", images.Take(Shown))}"
                + (images.Length > Shown ? $" and {images.Length - Shown} more" : "")
                + ". Nothing was written.",
            "Push the bundle of that state first; or make a delta against a new inventory of this target; or push a "
                + "full bundle.");
    }
}
