using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>The cases of the variables that name CA certificates: each of them is instead of the system's.</summary>
public sealed class CertificateCasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool, bool> Cases => new()
    {
        { "certs-file-only", true, false },
        { "certs-dir-only", false, true },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_variable_replaces_the_systems_certificates(string id, bool hasFile, bool hasFolder)
    {
        SpecCase spec = CaseFile.Push[id];
        Assert.Equal(hasFile, spec.Input.TryGetProperty("SSL_CERT_FILE", out _));
        Assert.Equal(hasFolder, spec.Input.TryGetProperty("SSL_CERT_DIR", out _));
        string rest = SpecCase.Text(spec.Wanted, hasFile ? "directories" : "fileList")!;

        CaseFile.Check(
            spec,
            $"{rest.StartsWith("defaults", StringComparison.Ordinal)}",
            $"{TrustsSystem(hasFile, hasFolder)}");
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    public void Any_of_the_variables_replaces_all_of_them(bool hasFile, bool hasFolder, bool trustsSystem) =>
        Assert.Equal(trustsSystem, TrustsSystem(hasFile, hasFolder));

    // A policy of our own takes the place of the system's.
    private bool TrustsSystem(bool hasFile, bool hasFolder)
    {
        using TestAuthority authority = new();
        string file = StoredCredentials.Write(_folder.Combine("certificates", "ca.pem"), authority.RootPem);
        List<(string, string)> variables = [];
        if (hasFile)
        {
            variables.Add(("SSL_CERT_FILE", file));
        }

        if (hasFolder)
        {
            variables.Add(("SSL_CERT_DIR", Path.GetDirectoryName(file)!));
        }

        RunEnvironment environment = StoredCredentials.Environment([.. variables]);
        return CertificateTrust.Load(ScriptedRegistry.Access(), environment).ToSslOptions().CertificateChainPolicy
            is null;
    }
}
