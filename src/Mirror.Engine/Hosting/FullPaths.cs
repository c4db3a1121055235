using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Hosting;

/// <summary>
/// Completes the paths of settings from where the relative paths of a host start. What cannot be a path, as an empty
/// text, stays, for the check of the settings to report it with everything else.
/// </summary>
internal sealed class FullPaths(Func<string, string> complete)
{
    public TSettings Complete<TSettings>(TSettings settings)
        where TSettings : MirrorSettings
    {
        MirrorSettings completed = settings;
        completed = completed with
        {
            ReportFile = Complete(completed.ReportFile),
            OutputsFile = Complete(completed.OutputsFile),
        };
        if (completed is RegistrySettings registry)
        {
            completed = registry with
            {
                CaFile = Complete(registry.CaFile),
                ClientCertificateFile = Complete(registry.ClientCertificateFile),
                ClientKeyFile = Complete(registry.ClientKeyFile),
            };
        }

        if (completed is MirrorSelectionSettings selection)
        {
            completed = selection with
            {
                TmpDirectory = Complete(selection.TmpDirectory),
                LockFile = Complete(selection.LockFile),
                Source = Complete(selection.Source),
            };
        }

        return (TSettings)(completed switch
        {
            MirrorPullSettings pull => pull with
            {
                BundleDirectory = Complete(pull.BundleDirectory),
                Reviewed = CompleteUnless(FileCheck.IsDiffId, pull.Reviewed),
                DeltaBases = Complete(pull.DeltaBases),
                InventoryFile = Complete(pull.InventoryFile),
            },
            MirrorPushSettings push => push with
            {
                BundleDirectory = Complete(push.BundleDirectory),
                Files = Complete(push.Files),
                LockFile = Complete(push.LockFile),
                Reviewed = CompleteUnless(FileCheck.IsDiffId, push.Reviewed),
                TmpDirectory = Complete(push.TmpDirectory),
                InventoryFile = Complete(push.InventoryFile),
                Target = Complete(push.Target),
            },
            MirrorSyncSettings sync => sync with
            {
                Target = Complete(sync.Target),
                InventoryFile = Complete(sync.InventoryFile),
            },
            MirrorInventorySettings inventory => inventory with
            {
                Target = Complete(inventory.Target),
                InventoryFile = Complete(inventory.InventoryFile),
                BundleDirectory = Complete(inventory.BundleDirectory),
                Files = Complete(inventory.Files),
                LockFile = Complete(inventory.LockFile),
            },
            MirrorCheckSettings check => check with
            {
                Target = Complete(check.Target),
                InventoryFile = Complete(check.InventoryFile),
                BundleDirectory = Complete(check.BundleDirectory),
                Files = Complete(check.Files),
                LockFile = Complete(check.LockFile),
            },
            MirrorMergeSettings merge => merge with
            {
                MergeFrom = Complete(merge.MergeFrom),
                BundleDirectory = Complete(merge.BundleDirectory),
                LockFile = Complete(merge.LockFile),
            },
            MirrorDiffSettings diff => diff with
            {
                From = CompleteUnless(IsEnd, diff.From),
                To = CompleteUnless(IsEnd, diff.To),
                Target = Complete(diff.Target),
            },
            MirrorVerifySettings verify => verify with
            {
                LockFile = Complete(verify.LockFile),
                BundleDirectory = Complete(verify.BundleDirectory),
                Files = Complete(verify.Files),
            },
            MirrorVerifyGostDigestSettings verify => verify with
            {
                BundleDirectory = Complete(verify.BundleDirectory),
                Files = Complete(verify.Files),
            },
            _ => completed,
        });
    }

    [return: NotNullIfNotNull(nameof(path))]
    public string? Complete(string? path) =>
        string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal) ? path : complete(path);

    /// <summary>A path, where a setting also takes words that are none.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    private string? CompleteUnless(Func<string?, bool> isWord, string? text) => isWord(text) ? text : Complete(text);

    private static bool IsEnd(string? text) =>
        text is MirrorDiffSettings.SourceSide or MirrorDiffSettings.TargetSide;

    private ImmutableArray<string> Complete(ImmutableArray<string> paths) =>
        paths.IsDefaultOrEmpty ? paths : [.. paths.Select(path => Complete(path))];

    // An end that is null is reported by the check as well.
    private RegistryEndpoint Complete(RegistryEndpoint end) =>
        end is null ? end! : end with
        {
            CaFile = Complete(end.CaFile),
            ClientCertificateFile = Complete(end.ClientCertificateFile),
            ClientKeyFile = Complete(end.ClientKeyFile),
        };
}
