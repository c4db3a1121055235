using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles;

/// <summary>Faults that several parts of the bundle share.</summary>
internal static class BundleFaults
{
    /// <summary>A broken promise of our own code; better a stop than a bundle that is silently not whole.</summary>
    public static MirrorException Defect(string message) => new(new Fault(
        FaultCode.Defect, message, "This is a defect of the mirror: please report it with this text."));

    public static MirrorException Damaged(string archive, string message) => new(new Fault(
        FaultCode.ArchiveDamaged,
        $"{archive} is damaged: {message}",
        "Copy the archive again from where it was made, or pull it again."));

    public static MirrorException Refused(string archive, string message) => new(new Fault(
        FaultCode.ArchiveEntryRefused,
        $"{archive} is no archive of OCI layouts: {message}",
        "Use only archives that a mirror pull wrote; do not trust this one."));
}
