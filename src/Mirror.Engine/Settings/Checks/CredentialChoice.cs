using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// Chooses the credential of one end (docs/settings.md#which-credential). What a build states beats what only the
/// environment says; on one level a login beats a licence, with a warning.
/// </summary>
internal sealed class CredentialChoice(EndNames end, CredentialNames names, RunEnvironment environment)
{
    private const string Member = "Credential";

    private string PasswordVariable => names.PasswordVariable ?? end.PasswordVariable;

    private string LicenseVariable => names.LicenseVariable ?? EndNames.LicenseVariable;

    /// <summary>What a user sets to change the credential.</summary>
    public string Advice => end.TakesLicense
        ? $"Set {LicenseVariable} to a valid licence token (or use {SettingName.LicenseToken}), or {LoginAdvice}"
        : $"Set {LoginAdvice}";

    private string Login => SettingName.Mark(end.LoginMember);

    private string Password => SettingName.Mark(end.PasswordMember);

    private string LoginAdvice =>
        $"{end.LoginVariable} and {PasswordVariable} to a login and its password (or use {Login} and {Password}).";

    /// <summary>Chooses the credential of an end by the order of its levels.</summary>
    /// <returns>The credential, if there is one, and where it comes from.</returns>
    public (Credential? Credential, string Origin) Choose(
        Credential? stated, string? licenseToken, SettingsFaults faults)
    {
        CheckNamedVariables(stated, faults);
        ImmutableArray<(Credential Credential, string Origin)> level = [.. Explicit(stated, licenseToken)];
        level = level.IsEmpty ? [.. FromVariables()] : level;
        if (level.IsEmpty)
        {
            return (null, environment[end.PasswordVariable] is null
                ? "no credential (anonymous)"
                : $"no credential (anonymous: {end.PasswordVariable} is set, but no login)");
        }

        if (level.Length > 1)
        {
            faults.Warn(new Fault(
                FaultCode.CredentialsAmbiguous,
                $"For the {end.End} there is both {level[0].Origin} and {level[1].Origin}; the former is used.",
                "Remove the one that you do not want.")
            {
                Settings = [new SettingReference(end.LoginMember), new SettingReference("LicenseToken")],
            });
        }

        Check(level[0].Credential, level[0].Origin, faults);
        return level[0];
    }

    private IEnumerable<(Credential Credential, string Origin)> Explicit(Credential? stated, string? licenseToken)
    {
        if (stated is not null)
        {
            yield return (stated, "the login of the settings");
        }
        else if (!string.IsNullOrEmpty(names.Login))
        {
            yield return WithPassword(names.Login, "the login of the settings");
        }

        if (!string.IsNullOrWhiteSpace(licenseToken))
        {
            yield return (License(licenseToken), "the licence of the settings");
        }
        else if (names.LicenseVariable is not null && FromEnvironment(names.LicenseVariable) is { } token)
        {
            yield return (License(token), $"the licence in {names.LicenseVariable}");
        }
    }

    private IEnumerable<(Credential Credential, string Origin)> FromVariables()
    {
        if (environment[end.LoginVariable] is { } login)
        {
            yield return WithPassword(login, $"the login in {end.LoginVariable}");
        }

        if (end.TakesLicense && FromEnvironment(EndNames.LicenseVariable) is { } token)
        {
            yield return (License(token), $"the licence in {EndNames.LicenseVariable}");
        }
    }

    private (Credential Credential, string Origin) WithPassword(string login, string origin) =>
        environment[PasswordVariable] is { } password
            ? (new Credential(login, password), $"{origin} with the password in {PasswordVariable}")
            : (new Credential(login, ""), $"{origin} without a password");

    // A token read from a file often ends with a line feed, which no licence contains.
    private static Credential License(string token) => new(Credential.LicenseLogin, token.Trim());

    private string? FromEnvironment(string variable) =>
        environment[variable] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private void CheckNamedVariables(Credential? stated, SettingsFaults faults)
    {
        if (names.LicenseVariable is not null && FromEnvironment(names.LicenseVariable) is null)
        {
            faults.Add("LicenseToken", SettingFault.VariableNotSet(SettingName.LicenseToken));
        }

        if (names.PasswordVariable is null)
        {
            return;
        }

        if (environment[names.PasswordVariable] is null)
        {
            faults.Add(Member, SettingFault.VariableNotSet(Password));
        }

        if (stated is null && string.IsNullOrEmpty(names.Login) && environment[end.LoginVariable] is null)
        {
            faults.Add(Member, new Fault(
                FaultCode.SettingMissing,
                $"{Password} is set, but there is no login for the {end.End}.",
                $"Set {Login} or the variable {end.LoginVariable}, or remove {Password}."));
        }
    }

    private void Check(Credential credential, string origin, SettingsFaults faults)
    {
        if (string.IsNullOrEmpty(credential.Login))
        {
            faults.Add(Member, new Fault(
                FaultCode.SettingMissing, $"The credential of the {end.End} has no login.", "Give it a login."));
        }
        else if (credential.Login.Contains(':', StringComparison.Ordinal) || credential.Login.Any(char.IsControl))
        {
            faults.Add(Member, new Fault(
                FaultCode.SettingMalformed,
                $"In {origin}, the login holds a colon or a control character, which HTTP cannot carry.",
                "Correct the login; a password belongs in its own setting."));
        }

        if (credential.Password?.Any(char.IsControl) == true)
        {
            faults.Add(Member, new Fault(
                FaultCode.SettingMalformed,
                $"In {origin}, the secret holds a control character, which HTTP cannot carry.",
                "Remove line feeds and the like from it."));
        }
    }
}
