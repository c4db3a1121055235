using System.Globalization;
using System.Text;
using Mirror.Engine.Settings.Table;

namespace Mirror.Engine.Flows.Runs;

/// <summary>
/// What a run tells later steps of a pipeline, as far as its verb knows it. No value can have a line break.
/// </summary>
internal sealed record RunOutputs
{
    /// <summary>Whether a bundle, target or lock is, or would be, another than before.</summary>
    public bool? HasChanged { get; init; }

    /// <summary>The id of what was planned, moved or verified: hex digits.</summary>
    public string? StateId { get; init; }

    /// <summary>The bytes to download; of a push or sync, those that were sent.</summary>
    public long? NewBytes { get; init; }

    public static RunOutputs From(MirrorPlan plan) =>
        new() { StateId = plan.StateId, NewBytes = plan.DownloadBytes };

    public static RunOutputs From(MirrorLockResult result) =>
        From(result.Plan) with
        {
            HasChanged = result.HasChanged,
            NewBytes = result.Changes?.Bytes.New ?? result.Plan.DownloadBytes,
        };

    public static RunOutputs From(MirrorDiff diff) =>
        new() { HasChanged = !diff.IsEmpty, StateId = diff.To.StateId, NewBytes = diff.Bytes.New };

    public static RunOutputs From(MirrorReport report) => report.Verb switch
    {
        MirrorVerb.Pull => From(report.Plan) with { HasChanged = report.HasChanged },
        MirrorVerb.Merge => new() { StateId = report.Plan.StateId, HasChanged = report.HasChanged },
        MirrorVerb.Push or MirrorVerb.Sync => new()
        {
            HasChanged = report.HasChanged,
            StateId = report.Plan.StateId,
            NewBytes = report.TransferredBytes,
        },
        _ => new() { StateId = report.Plan.StateId },
    };

    /// <summary>The lines <c>name=value</c>, each with its end.</summary>
    public string Render()
    {
        StringBuilder lines = new();
        Append("Changed", HasChanged is { } changed ? changed ? "true" : "false" : null);
        Append("StateId", StateId);
        Append("NewBytes", NewBytes?.ToString(CultureInfo.InvariantCulture));
        return lines.ToString();

        void Append(string name, string? value)
        {
            if (value is not null)
            {
                lines.Append(SettingsTable.Prefix).Append(name).Append('=').Append(value).Append('\n');
            }
        }
    }
}
