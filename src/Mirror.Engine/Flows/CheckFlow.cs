using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Flows.Targets;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// A check, top to bottom: check the settings, read what should be there, look at one target after the other, report.
/// A target that fails does not keep the others from being looked at. Nothing is written.
/// </summary>
internal sealed class CheckFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorCheckResult> RunAsync(
        MirrorCheckSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        CheckedCheckSettings order = SettingsCheck.Check(
            settings, parts.Environment, report.Prepare(), parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        ExpectedState expected = await ExpectedState.ReadAsync(
            order.Expected, parts.Disk, warnings, cancellationToken).ConfigureAwait(false);
        MirrorCheckResult result = new()
        {
            Depth = order.Depth,
            StateId = expected.StateId,
            Images = expected.Images.Length,
            Targets = [],
        };
        foreach (CheckedPushSettings target in order.Targets)
        {
            CheckedTarget found = await CheckAsync(target, expected, order.Depth, cancellationToken)
                .ConfigureAwait(false);
            result = result with { Targets = result.Targets.Add(found) };
            events.Send(new TargetChecked(found, Line(found, expected)));
            if (found.Extras > 0)
            {
                warnings.Add([CheckFaults.HasMore(found.Target, found.Extras)]);
            }
        }

        result = result with { Warnings = warnings.Warnings };
        report.Add(result);
        Fault[] faults =
        [
            .. result.Targets.SelectMany(target => target.Faults
                .Select(fault => result.Targets.Length > 1 ? CheckFaults.At(target.Target, fault) : fault)
                .Concat(CheckFaults.Find(target))),
        ];
        return faults.Length == 0 ? result : throw new MirrorException([.. faults]);
    }

    private async Task<CheckedTarget> CheckAsync(
        CheckedPushSettings order, ExpectedState expected, CheckDepth depth, CancellationToken cancellationToken)
    {
        events.Milestone(
            $"Checking {order.Target.Reference} with {order.Target.CredentialOrigin} for "
                + $"{ItemCount.Format(expected.Images.Length, "images")}.");
        using TargetSession session = new(order.Target, parts, events);
        try
        {
            return Redact(await new TargetChecker(order, session.Client, depth, events)
                .CheckAsync(expected.Images, cancellationToken).ConfigureAwait(false));
        }
        catch (MirrorException failure)
        {
            return new CheckedTarget
            {
                Target = order.Target.Reference,
                Repositories = [],
                Findings = [],
                FindingCount = 0,
                Faults = [.. failure.Faults.Select(events.Secrets.Redact)],
                Requests = session.Client.Requests,
            };
        }
    }

    /// <summary>What a target holds may say anything, secrets of this run among it.</summary>
    private CheckedTarget Redact(CheckedTarget target) => target with
    {
        Findings =
        [
            .. target.Findings.Select(finding => finding with
            {
                Content = [.. finding.Content.Select(events.Secrets.Redact)],
            }),
        ],
    };

    /// <summary>What was found, in one line; of a target that is whole, with what people read to each other.</summary>
    private static string Line(CheckedTarget target, ExpectedState expected) =>
        target.IsWhole
            ? $"{target.Target} is whole: {ItemCount.Format(expected.Images.Length, "images")}, state "
                + $"{StateId.Short(expected.StateId)} ({expected.StateId}), with "
                + $"{ItemCount.Format(target.Requests, "requests")}."
            : target.Faults.IsEmpty
                ? $"{target.Target} is not whole: {target.FindingCount} of "
                    + $"{ItemCount.Format(expected.Images.Length, "images")} are not as they should be."
                : $"{target.Target} could not be checked: {target.Faults[0].Code}.";
}
