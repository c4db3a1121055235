using Mirror.Engine.Disk;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Runs that end in the middle, as if the process had.</summary>
internal static class StoppedRun
{
    public static ScriptedDisk Unflushed() => new(new PhysicalDisk()) { Flushes = false };

    /// <summary>Runs until the given number of operations is done, then as if the process had ended there.</summary>
    /// <returns>Whether it was stopped; false when the run needed fewer operations.</returns>
    public static async Task<bool> StopAsync(
        SketchedBundle bundle, string directory, int operations, bool force, long chunkBytes = 0)
    {
        int left = operations;
        ScriptedDisk disk = Unflushed();
        disk.Before = (_, _) =>
        {
            if (Interlocked.Decrement(ref left) < 0)
            {
                throw new SimulatedCrashException();
            }
        };
        try
        {
            await BundleRun.CompleteAsync(
                bundle, directory, TestContext.Current.CancellationToken, disk, force, chunkBytes);
            return false;
        }
        catch (SimulatedCrashException)
        {
            return true;
        }
        catch (MirrorException exception) when (exception.Faults[0].Code == FaultCode.Defect && left < 0)
        {
            // The crash hit a copy in the background; the commit then found the copy missing.
            return true;
        }
    }
}
