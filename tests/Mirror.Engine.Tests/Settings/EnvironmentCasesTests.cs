using System.Text.Json;
using Mirror.Engine.Hosting;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>The cases of environment variables: the limit on silence, the log, proxies, the access check.</summary>
public sealed class EnvironmentCasesTests
{
    private const string Timeout = "D8_MIRROR_TIMEOUT";
    private const string LogVariable = "MIRROR_DEBUG_LOG";

    public static TheoryData<string> PullTimeouts => CaseFile.Pull.Ids("timeout");

    public static TheoryData<string> PushTimeouts => CaseFile.Push.Ids(spec =>
        (spec.Kind == "env" && spec.Input.TryGetProperty(Timeout, out _))
        || (spec.Kind == "access-check" && spec.Id.StartsWith("access-timeout-", StringComparison.Ordinal)));

    public static TheoryData<string> Logs => CaseFile.Push.Ids(
        spec => spec.Kind == "env" && spec.Input.TryGetProperty(LogVariable, out _));

    public static TheoryData<string> Proxies => CaseFile.Push.Ids(
        spec => spec.Kind == "env" && spec.Input.TryGetProperty("url", out _));

    public static TheoryData<string> Bypasses => ["access-bypass", "access-bypass-true"];

    [Theory]
    [MemberData(nameof(PullTimeouts))]
    public void A_pull_takes_the_timeout_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CaseFile.Check(
            spec,
            $"{SpecCase.Any(spec.Expected, "deadline_seconds") ?? SpecCase.Any(spec.Expected, "deadline")}",
            Limit(Variables(spec.Input)));
    }

    [Theory]
    [MemberData(nameof(PushTimeouts))]
    public void A_push_takes_the_timeout_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string expected = SpecCase.Any(spec.Wanted, "seconds") ?? SpecCase.Any(spec.Wanted, "limitSeconds")
            ?? (SpecCase.Text(spec.Wanted, "limit") == "none" || SpecCase.Text(spec.Wanted, "meaning") == "no limit"
                ? "null"
                : FaultCode.SettingMalformed);
        CaseFile.Check(
            spec,
            expected,
            Limit(spec.Input.TryGetProperty("env", out JsonElement env) ? Variables(env) : Variables(spec.Input)));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void A_log_level_includes_the_lower_ones_and_a_text_that_is_none_is_told(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string text = SpecCase.Text(spec.Input, LogVariable)!;
        MirrorEventLevel level = LogLevel.Read(SettingsTexts.Variables((LogVariable, text)), out Fault? fault);

        Assert.Equal(SpecCase.Any(spec.Wanted, "message") == "True", fault is not null);
        Assert.Equal(int.TryParse(text, out int number) && number > 0 ? number : 1, (int)level);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public void A_request_takes_the_proxy_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        EnvironmentProxy proxy = EnvironmentProxy.Create(
            SettingsTexts.Variables(Variables(spec.Input.GetProperty("env"))));
        Uri? chosen = proxy.GetProxy(new Uri(SpecCase.Text(spec.Input, "url")!));
        string actual = chosen?.AbsoluteUri.TrimEnd('/') ?? "null";
        if (spec.Required.ToString() == "free")
        {
            // Where d8 fails for the sake of a CGI program, no proxy is as safe.
            Assert.Equal("null", actual);
            return;
        }

        CaseFile.Check(spec, SpecCase.Any(spec.Wanted, "proxy")!, actual);
    }

    [Theory]
    [MemberData(nameof(Bypasses))]
    public void The_access_check_is_left_out_when_the_variable_says_so(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        CheckedPushSettings settings = Check(Variables(spec.Input.GetProperty("env")));
        Assert.True(settings.Settings.SkipAccessCheck);
        Assert.NotEqual("True", SpecCase.Any(spec.Wanted, "checkRuns"));
    }

    private static string Limit((string Name, string Value)[] variables)
    {
        try
        {
            return Check(variables).Target.Timeout is { } limit ? $"{limit.TotalSeconds}" : "null";
        }
        catch (MirrorException failure)
        {
            return failure.Faults[0].Code;
        }
    }

    private static CheckedPushSettings Check((string Name, string Value)[] variables) => SettingsCheck.Check(
        new MirrorPushSettings
        {
            BundleDirectory = SettingsTexts.Folder,
            Target = new RegistryEndpoint("h/x"),
        },
        SettingsTexts.Variables(variables));

    private static (string Name, string Value)[] Variables(JsonElement members) =>
        [.. members.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!))];
}
