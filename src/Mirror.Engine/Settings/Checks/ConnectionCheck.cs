using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>Checks what all verbs share, and makes the complete access to one end of it.</summary>
internal sealed class ConnectionCheck(RegistrySettings settings, RunEnvironment environment, SettingsFaults faults)
{
    private const string TimeoutVariable = "D8_MIRROR_TIMEOUT";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    public void CheckShared()
    {
        TransferLimits transfer = settings.Transfer ?? new TransferLimits();
        CheckAtLeastOne("Transfer.BytesPerSecond", transfer.BytesPerSecond);
        CheckAtLeastOne("Transfer.RequestsPerSecond", transfer.RequestsPerSecond);
        if (transfer.MaxConnections is < 1 or > ConnectionRows.MaxConnections)
        {
            string range = $"from 1 to {ConnectionRows.MaxConnections}";
            AddRange("Transfer.MaxConnections", $"{transfer.MaxConnections}", range);
        }

        FileCheck.CheckPath("CaFile", settings.CaFile, faults);
        FileCheck.CheckPath("ClientCertificateFile", settings.ClientCertificateFile, faults);
        FileCheck.CheckPath("ClientKeyFile", settings.ClientKeyFile, faults);
        FileCheck.CheckRecords(settings, faults);
    }

    /// <returns>The access; of no use if a fault was added.</returns>
    public RegistryAccess CheckEnd(EndNames names, RegistryEndpoint endpoint, string? licenseToken)
    {
        string member = names.Member;
        FileCheck.CheckPath($"{member}.CaFile", endpoint.CaFile, faults);
        (RegistryHost host, string path, bool insecure) = ReadReference(member, endpoint);
        CredentialChoice choice = new(names, endpoint.CredentialNames, environment);
        (Credential? credential, string origin) = choice.Choose(
            endpoint.Credential ?? settings.Credential, licenseToken, faults);
        RegistryAccess access = new(names.End, host.Authority(insecure), path)
        {
            Insecure = insecure,
            TlsSkipVerify = endpoint.TlsSkipVerify ?? settings.TlsSkipVerify,
            CaFile = EmptyToNull(endpoint.CaFile) ?? EmptyToNull(settings.CaFile),
            ClientCertificate = new ClientCertificateChoice(names, environment).Choose(settings, endpoint, faults),
            ClientCertificateSetting = SettingName.Mark($"{member}.ClientCertificateFile"),
            Credential = credential,
            CredentialOrigin = origin,
            CredentialAdvice = choice.Advice,
            AllowedRealms = ReadRealms(),
            Timeout = ReadTimeout(),
            Transfer = settings.Transfer ?? new TransferLimits(),
            ModulesPath = endpoint.ModulesPathSuffix is { } suffix
                ? ReadModulesPath($"{member}.ModulesPathSuffix", suffix)
                : ReadModulesPath("ModulesPathSuffix", settings.ModulesPathSuffix),
        };
        WarnOfPlainHttp(access, member, endpoint);
        faults.Add(member, [.. faults.ReadCertificates(access).Except(faults.Faults)]);
        return access;
    }

    private (RegistryHost Host, string Path, bool Insecure) ReadReference(string member, RegistryEndpoint endpoint)
    {
        string label = SettingName.Mark(member);
        bool? stated = endpoint.Insecure ?? (settings.Insecure ? true : null);
        if (RegistryReference.Read(label, endpoint.Reference ?? "", out RegistryReference? reference) is { } fault)
        {
            faults.Add(member, fault);
            return (new RegistryHost("", null), "", false);
        }

        // A guess in either direction could send a password in the clear.
        if (stated is { } insecure && reference!.Scheme.Length > 0 && insecure != (reference.Scheme == "http"))
        {
            string stating = endpoint.Insecure is null ? SettingName.Insecure : SettingName.Mark($"{member}.Insecure");
            faults.Add(member, new Fault(
                FaultCode.SettingsConflict,
                $"{label} begins with {reference.Scheme}://, but {stating} is {(insecure ? "true" : "false")}.",
                $"Remove the prefix, or make {stating} agree with it."));
        }

        return (reference!.Host, reference.Path, stated ?? reference.Scheme == "http");
    }

    private ImmutableArray<string> ReadRealms()
    {
        ImmutableArray<string>.Builder realms = ImmutableArray.CreateBuilder<string>();
        foreach (string text in settings.AllowedRealms.OrEmpty())
        {
            if (RegistryHost.TryParse(text ?? "", out RegistryHost? host))
            {
                // A port that is written stays: without one, the realm guard trusts every port of the host.
                realms.Add(host.ToString());
            }
            else
            {
                faults.Add("AllowedRealms", SettingFault.Malformed(
                    SettingName.AllowedRealms, text ?? "", "host", "host or host:port, without https://"));
            }
        }

        return realms.ToImmutable();
    }

    private TimeSpan? ReadTimeout()
    {
        TimeSpan timeout = settings.Timeout ?? DefaultTimeout;
        string label = SettingName.Timeout;
        if (settings.Timeout is null && environment[TimeoutVariable] is { } text)
        {
            label = $"The variable {TimeoutVariable}";
            if (!DurationText.TryParse(text, out timeout))
            {
                faults.Add("Timeout", SettingFault.Malformed(label, text, "duration", DurationText.Form));
                return null;
            }
        }

        if (timeout != TimeSpan.Zero && (timeout < TimeSpan.FromMilliseconds(1) || timeout > ConnectionRows.MaxTimeout))
        {
            faults.Add("Timeout", SettingFault.OutOfRange(
                label, timeout.ToString(), $"0, or from 1 millisecond to {ConnectionRows.MaxTimeout.Days} days"));
        }

        return timeout == TimeSpan.Zero ? null : timeout;
    }

    private string ReadModulesPath(string member, string? suffix)
    {
        string path = string.IsNullOrEmpty(suffix) ? "modules" : suffix.Trim('/');
        if (path.Length > 0 && !RepositoryName.IsValid(path))
        {
            faults.Add(member, SettingFault.Malformed(
                SettingName.Mark(member), suffix ?? "", "repository path", "a path such as /modules, or /"));
        }

        return path;
    }

    private void CheckAtLeastOne(string member, long? value)
    {
        if (value < 1)
        {
            AddRange(member, $"{value}", "at least 1");
        }
    }

    private void AddRange(string member, string value, string range) =>
        faults.Add(member, SettingFault.OutOfRange(SettingName.Mark(member), value, range));

    private void WarnOfPlainHttp(RegistryAccess access, string member, RegistryEndpoint endpoint)
    {
        if (access.Insecure)
        {
            SettingReference setting = endpoint.Insecure is true ? new($"{member}.Insecure", "true")
                : settings.Insecure ? new("Insecure", "true")
                : new(member, endpoint.Reference);
            faults.Warn(new Fault(
                FaultCode.PlainHttpUsed,
                $"The {access.End} {access.Host} uses plain HTTP: traffic"
                    + (access.Credential is null ? "" : ", the credential included,")
                    + " can be read and modified in transit.",
                $"Use HTTPS unless the network is trusted; {SettingName.CaFile} adds a private CA.")
            {
                Settings = [setting],
            });
        }
    }

    private static string? EmptyToNull(string? path) => string.IsNullOrEmpty(path) ? null : path;
}
