using Mirror.Engine.Errors;

namespace Mirror.Engine.Settings.Ends;

/// <summary>
/// One end, checked and complete: what <see cref="RegistryEndpoint"/>, the settings and the environment say together.
/// Made by SettingsCheck. Of the settings, the registry room reads this and the types next to it, and nothing else.
/// </summary>
/// <param name="End">The end's name for messages: <c>source</c> or <c>target</c>.</param>
/// <param name="Host">Host and port, lower case, without the scheme's default port.</param>
/// <param name="Path">The repository path below the host, without slashes at either end.</param>
internal sealed record RegistryAccess(string End, string Host, string Path)
{
    public bool Insecure { get; init; }

    public bool TlsSkipVerify { get; init; }

    public string? CaFile { get; init; }

    /// <summary>What this client shows of itself in TLS, to the registry only.</summary>
    public ClientCertificateFiles? ClientCertificate { get; init; }

    /// <summary>The setting that names a client certificate, for messages.</summary>
    public string ClientCertificateSetting { get; init; } = SettingName.ClientCertificateFile;

    public Credential? Credential { get; init; }

    /// <summary>
    /// What the log says of the credential's origin, for example "the licence in D8_MIRROR_LICENSE_TOKEN".
    /// </summary>
    public string CredentialOrigin { get; init; } = "no credential (anonymous)";

    /// <summary>
    /// What a user sets to change the credential, for the advice of a 401: names of variables and settings only.
    /// </summary>
    public string CredentialAdvice { get; init; } = "";

    public ImmutableArray<string> AllowedRealms { get; init; } = [];

    /// <summary>Bounds connecting, headers and silence; <see langword="null"/>: no bound.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether tags can be listed; a proxy registry only answers what is asked for by its tag.</summary>
    public bool CanListTags { get; init; } = true;

    public TransferLimits Transfer { get; init; } = new();

    /// <summary>Modules below <see cref="Path"/>, normalised: <c>modules</c>, or empty for the path itself.</summary>
    public string ModulesPath { get; init; } = "modules";

    /// <summary>The reference for humans and for annotations: <c>host/path</c>.</summary>
    public string Reference => Path.Length > 0 ? $"{Host}/{Path}" : Host;

    /// <summary>Whether images go there, and none come from it: it has no licence.</summary>
    public bool IsTarget => End == EndNames.Target.End;

    /// <summary>The setting that names this end, for faults about it; <see langword="null"/>: there is none.</summary>
    public SettingReference? Setting => End.Length == 0
        ? null
        : new SettingReference($"{char.ToUpperInvariant(End[0])}{End[1..]}", Reference);

    /// <summary>Tells the redactor what no text may repeat.</summary>
    public void AddSecrets(Redactor secrets)
    {
        secrets.Add(Credential?.Password);
        secrets.Add(ClientCertificate?.Password);
        secrets.Add(ClientCertificate?.Key);
    }

    public Uri BaseAddress => new($"{(Insecure ? "http" : "https")}://{Host}/v2/");
}
