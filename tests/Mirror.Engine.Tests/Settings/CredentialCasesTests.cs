using System.Text.Json;
using Mirror.Engine.Registry.Login;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>The cases of logins that variables and settings give.</summary>
public sealed class CredentialCasesTests
{
    // What is in credential files is tested where they are read.
    public static TheoryData<string> Pulls => CaseFile.Pull.Ids(
        spec => spec.Kind == "auth" && !spec.Expected.TryGetProperty("credential_store", out _));

    public static TheoryData<string> Pushes => CaseFile.Push.Ids(
        spec => spec.Kind == "credentials" && spec.Id is not ("cred-docker-config-ignored" or "cred-help-leak"));

    [Theory]
    [MemberData(nameof(Pulls))]
    public void A_pull_logs_in_as_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Credential? credential = SettingsTexts.Check(
            SettingsTexts.Valid,
            ("D8_MIRROR_SOURCE_LOGIN", SpecCase.Text(spec.Input, "login")!),
            ("D8_MIRROR_SOURCE_PASSWORD", SpecCase.Text(spec.Input, "password")!),
            ("D8_MIRROR_LICENSE_TOKEN", SpecCase.Text(spec.Input, "license")!)).Source.Credential;
        string expected = SpecCase.Any(spec.Expected, "anonymous") is not null
            ? "anonymous"
            : $"{SpecCase.Text(spec.Expected, "user")}:{SpecCase.Text(spec.Expected, "password")}";
        CaseFile.Check(
            spec, expected, credential is null ? "anonymous" : $"{credential.Login}:{credential.Password}");
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void A_push_logs_in_as_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string actual = Login(spec);
        string expected = SpecCase.Any(spec.Wanted, "ok") == "False" ? FaultCode.SettingMissing
            : SpecCase.Text(spec.Wanted, "authorization") is { } header
                ? header.StartsWith("Basic ", StringComparison.Ordinal) ? header : "none"
            : SpecCase.Text(spec.Wanted, "login") is { Length: > 0 } login
                ? $"{Authorizer.Basic(new Credential(login, SpecCase.Text(spec.Wanted, "password")!))}"
            : "none";
        CaseFile.Check(spec, expected, actual);
    }

    private static string Login(SpecCase spec)
    {
        // A flag of d8 is a setting here; what a property leaves empty it does not say.
        string[] flags = SpecCase.Strings(spec.Input, "argv");
        string? login = SpecCase.Text(spec.Input, "login")
            ?? (flags is ["--registry-login", { } name, ..] ? name : null);
        string? password = SpecCase.Text(spec.Input, "password")
            ?? (flags is [_, _, "--registry-password", { } secret] ? secret : null);
        MirrorPushSettings settings = new()
        {
            BundleDirectory = SettingsTexts.Folder,
            Target = new RegistryEndpoint("h/x")
            {
                Credential = string.IsNullOrEmpty(login) && string.IsNullOrEmpty(password)
                    ? null
                    : new Credential(login ?? "", password ?? ""),
            },
        };
        IEnumerable<(string Name, string Value)> variables = spec.Input.TryGetProperty("env", out JsonElement env)
            ? env.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!))
            : [];
        try
        {
            Credential? credential = SettingsCheck.Check(
                settings, SettingsTexts.Variables([.. variables])).Target.Credential;
            return credential is null ? "none" : $"{Authorizer.Basic(credential)}";
        }
        catch (MirrorException failure)
        {
            return failure.Faults[0].Code;
        }
    }
}
