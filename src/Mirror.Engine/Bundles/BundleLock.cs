using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles;

/// <summary>
/// The right to write to a bundle folder: an open file that the system closes when its process ends, however it ends.
/// It is never deleted (the next run would lock another file of the same name) and never judged by process id. The
/// holder's name lies in a file beside it, because nobody can read the locked one.
/// </summary>
internal sealed class BundleLock : IDisposable
{
    private const int Attempts = 6;
    private const int LongestHolder = 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly BundleFolder _folder;
    private readonly IDiskFile? _file;

    private BundleLock(BundleFolder folder, IDiskFile? file)
    {
        _folder = folder;
        _file = file;
    }

    /// <summary>What to warn of: the file system has no locks, so this one excludes nobody (D8M6017).</summary>
    public ImmutableArray<Fault> Warnings => _file is not null
        ? []
        :
        [
            new Fault(
                FaultCode.FolderNotLocked,
                $"The bundle folder '{_folder.Directory}' is not locked: its file system has no locks. Continuing "
                    + "without one.",
                "Make sure that no other run uses the folder, or enable locks on the network share."),
        ];

    /// <summary>Names this process and what it does, for those who find the folder locked.</summary>
    public static string Describe(string purpose) =>
        $"{purpose}, process {Environment.ProcessId} on {Environment.MachineName}";

    /// <summary>Takes the lock; waits a few seconds for another holder, then refuses (D8M6003).</summary>
    public static async Task<BundleLock> TakeAsync(
        BundleFolder folder, string holder, TimeProvider time, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (TryOpen(folder, out IDiskFile? file))
            {
                BundleLock taken = new(folder, file);
                taken.Name(holder);
                return taken;
            }

            if (attempt == Attempts)
            {
                throw new MirrorException(new Fault(
                    FaultCode.BundleLocked,
                    $"The bundle folder '{folder.Directory}' is in use by another run ({HolderOf(folder)}).",
                    $"Wait until that run has ended, stop it, or set {SettingName.BundleDirectory} to another "
                        + "folder."));
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>False when another run has the lock; no file when nobody can have it.</summary>
    private static bool TryOpen(BundleFolder folder, out IDiskFile? file)
    {
        file = null;
        string path = folder.PathOf(BundleNames.Lock);
        try
        {
            file = folder.Disk.OpenExclusive(path);
            return true;
        }
        catch (Exception exception) when (DiskFaults.IsHeldElsewhere(exception))
        {
            return false;
        }
        catch (Exception exception) when (DiskFaults.HasNoLocks(exception))
        {
            return true;
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "opened");
        }
    }

    private static string HolderOf(BundleFolder folder)
    {
        try
        {
            string text = Encoding.UTF8.GetString(folder.Read(BundleNames.Holder) ?? []);
            string line = new([.. text.Take(LongestHolder).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
            return line.Trim() is { Length: > 0 } name ? name : "its holder left no name";
        }
        catch (MirrorException exception)
        {
            // The refusal is the fault to report; this is only its detail.
            return $"its holder cannot be told: {exception.Faults[0].Code}";
        }
    }

    private void Name(string holder)
    {
        try
        {
            _folder.WriteDurably(BundleNames.Holder, Encoding.UTF8.GetBytes(holder));
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
