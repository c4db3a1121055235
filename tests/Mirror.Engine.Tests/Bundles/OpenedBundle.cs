using Mirror.Engine.Bundles.Writing;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>A bundle that a test writes, with what each phase before knew of it.</summary>
internal sealed class OpenedBundle(FolderClaim claim, PreparedBundle prepared, BundleWriter writer) : IDisposable
{
    public PreparedBundle Prepared => prepared;

    public BundleWriter Writer => writer;

    /// <summary>Every byte that was written to files so far.</summary>
    public long BytesWritten => claim.Folder.BytesWritten;

    public void Dispose()
    {
        using (claim)
        using (prepared)
        {
            writer.Dispose();
        }
    }
}
