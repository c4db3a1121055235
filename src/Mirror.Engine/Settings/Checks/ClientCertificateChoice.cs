using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Settings.Checks;

/// <summary>Chooses the client certificate of one end (docs/settings.md#client-certificate).</summary>
internal sealed class ClientCertificateChoice(EndNames end, RunEnvironment environment)
{
    private const string Certificate = "ClientCertificateFile";
    private const string Key = "ClientKeyFile";

    /// <summary>Chooses the client certificate of an end out of settings and variables.</summary>
    /// <returns>Where certificate and key are; <see langword="null"/>: there is none.</returns>
    public ClientCertificateFiles? Choose(RegistrySettings settings, RegistryEndpoint endpoint, SettingsFaults faults)
    {
        FileCheck.CheckPath($"{end.Member}.{Certificate}", endpoint.ClientCertificateFile, faults);
        FileCheck.CheckPath($"{end.Member}.{Key}", endpoint.ClientKeyFile, faults);

        // A key belongs to its certificate: that of all ends is not for the certificate of one.
        bool isOwn = !string.IsNullOrEmpty(endpoint.ClientCertificateFile);
        string? file = isOwn ? endpoint.ClientCertificateFile : settings.ClientCertificateFile;
        bool hasOwnKey = !string.IsNullOrEmpty(endpoint.ClientKeyFile);
        string? keyFile = hasOwnKey ? endpoint.ClientKeyFile : isOwn ? null : settings.ClientKeyFile;
        string keyMember = hasOwnKey || isOwn ? $"{end.Member}.{Key}" : Key;
        if (string.IsNullOrEmpty(file))
        {
            if (!string.IsNullOrEmpty(keyFile))
            {
                faults.Add(keyMember, new Fault(
                    FaultCode.SettingMissing,
                    $"{SettingName.Mark(keyMember)} names a key, but the {end.End} has no client certificate.",
                    $"Name it in {SettingName.Mark($"{end.Member}.{Certificate}")}, or remove the key."));
            }

            return null;
        }

        return new ClientCertificateFiles(file)
        {
            Setting = SettingName.Mark(isOwn ? $"{end.Member}.{Certificate}" : Certificate),
            KeyFile = string.IsNullOrEmpty(keyFile) ? null : keyFile,
            KeySetting = SettingName.Mark(keyMember),
            Key = environment[end.ClientKeyVariable],
            KeyVariable = end.ClientKeyVariable,
            Password = environment[end.ClientKeyPasswordVariable],
            PasswordVariable = end.ClientKeyPasswordVariable,
        };
    }
}
