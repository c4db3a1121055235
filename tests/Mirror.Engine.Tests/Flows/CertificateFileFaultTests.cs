using System.Collections.Immutable;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Files of certificates that cannot be read are told with everything else that is wrong.</summary>
public sealed class CertificateFileFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:1/ee", false)]
    [InlineData("127.0.0.1:1/ee", false)]
    [InlineData("127.0.0.1:1/ee", true)]
    public async Task A_CA_file_that_is_missing_is_told_with_the_other_faults(string source, bool skipsVerification)
    {
        EngineRun run = Run(source);
        run.Settings = run.Settings with { TlsSkipVerify = skipsVerification, BundleChunkSize = 1 };

        string[] expected = [FaultCode.CertificateFileUnreadable, FaultCode.SettingOutOfRange];
        Assert.Equal(expected, await CodesAsync(run.PullAsync()));
        Assert.Equal(expected, await CodesAsync(run.PlanAsync()));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task The_files_of_both_ends_and_a_client_certificate_are_told_together()
    {
        MirrorSyncSettings settings = new()
        {
            Source = new RegistryEndpoint("127.0.0.1:1/ee") { CaFile = _folder.Combine("source.pem") },
            Target = new RegistryEndpoint("127.0.0.1:2/ee")
            {
                CaFile = _folder.Combine("target.pem"),
                ClientCertificateFile = _folder.Combine("client.pem"),
            },
            TmpDirectory = "relative",
        };

        ImmutableArray<Fault> faults = (await Assert.ThrowsAsync<MirrorException>(() =>
            new MirrorEngine(new Dictionary<string, string>())
                .SyncAsync(settings, null, TestContext.Current.CancellationToken))).Faults;

        Assert.Equal(
            [
                FaultCode.CertificateFileUnreadable, FaultCode.CertificateFileUnreadable,
                FaultCode.ClientCertificateUnusable, FaultCode.PathNotQualified,
            ],
            faults.Select(fault => fault.Code));
        Assert.Contains("source.pem", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("target.pem", faults[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_are_read_from_texts_are_told_of_it_at_once()
    {
        MirrorHost host = new((_, _) => { }, path => path, new Dictionary<string, string>());

        MirrorException failure = Assert.Throws<MirrorException>(() => host.Read<MirrorPullSettings>(
            new SettingNames(name => name),
            [new("Source", "http://127.0.0.1:1/ee"), new("CaFile", _folder.Combine("ca.pem")), new("Force", "perhaps")],
            MirrorVerb.Plan));

        // A plan needs no folder for the bundle, or D8M1001 would be here too.
        Assert.Equal(
            [FaultCode.SettingMalformed, FaultCode.CertificateFileUnreadable],
            failure.Faults.Select(fault => fault.Code));
    }

    private EngineRun Run(string source)
    {
        EngineRun run = new("127.0.0.1:1", _folder.Combine("bundle"));
        run.Settings = run.Settings with { Source = source, Insecure = false, CaFile = _folder.Combine("absent.pem") };
        return run;
    }

    private static async Task<IEnumerable<string>> CodesAsync(Task run) =>
        (await Assert.ThrowsAsync<MirrorException>(() => run)).Faults.Select(fault => fault.Code);
}
