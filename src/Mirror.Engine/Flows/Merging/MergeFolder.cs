using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows.Merging;

/// <summary>One of the bundles that are merged: it is whole, and only read.</summary>
/// <param name="Directory">Its folder.</param>
/// <param name="Bundle">Its archives.</param>
internal sealed record MergeFolder(string Directory, OpenBundle Bundle)
{
    public BundleReader Reader => Bundle.Reader;

    /// <summary>The id of its images.</summary>
    public string State { get; } = StateId.Compute(TaggedImage.In(Bundle.Reader.Content));

    /// <summary>What its target is expected to have; <see langword="null"/>: it is a full bundle.</summary>
    public string? DeltaBase { get; } = Bundle.Reader.Content.SelectMany(archive => archive.Layouts)
        .Select(layout => layout.DeltaBase).FirstOrDefault(id => id is not null);

    /// <summary>For people: the folder, and what it is.</summary>
    public override string ToString() => DeltaBase is null
        ? $"{Directory} (state {StateId.Short(State)})"
        : $"{Directory} (state {StateId.Short(State)}, a delta against {StateId.Short(DeltaBase)})";
}
