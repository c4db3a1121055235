using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>The cases of retries that a scripted registry answers.</summary>
public sealed class RetryCasesTests
{
    public static TheoryData<string> Pulls => CaseFile.Pull.Ids("retry");

    public static TheoryData<string> Pushes => ["retry-image-success-4th", "retry-image-fail"];

    public static TheoryData<string> Refusals => ["retry-401"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pulls))]
    public async Task A_pull_asks_as_often_as_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Assert.Equal(SpecCase.Any(spec.Input, "limit"), $"{RetryPipeline.Attempts}");
        (bool isOk, int attempts, int pauses) = await RunAsync(spec.Input.GetProperty("fails").GetInt32());

        Assert.Equal(SpecCase.Any(spec.Expected, "ok"), $"{isOk}");
        Assert.Equal(SpecCase.Any(spec.Expected, "attempts"), $"{attempts}");
        Assert.Equal(SpecCase.Any(spec.Expected, "pauses") ?? $"{pauses}", $"{pauses}");
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public async Task A_push_survives_what_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        (bool isOk, _, _) = await RunAsync(spec.Input.GetProperty("failures").GetInt32());
        CaseFile.Check(spec, SpecCase.Any(spec.Wanted, "ok")!, $"{isOk}");
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_login_that_is_refused_is_renewed_once_and_then_only_waited_for(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        int tokens = 0;
        bool isOpen = true;
        using ScriptedRegistry registry = new(request => request switch
        {
            { Address.AbsolutePath: "/token" } => Answer.Status(200, $$"""{"token":"t{{++tokens}}"}"""),
            { Authorization: not null } when isOpen => Answer.Tags(["a"]),
            _ => Answer.Challenge("Bearer realm=\"https://registry.example/token\""),
        });
        await registry.Client.FindTagsAsync("m", Token);
        isOpen = false;

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], registry.Clock.Waits);
        Assert.Equal(SpecCase.Any(spec.Wanted, "tokenRenewals"), $"{tokens - 1}");
    }

    private static async Task<(bool IsOk, int Attempts, int Pauses)> RunAsync(int failures)
    {
        int asked = 0;
        using ScriptedRegistry registry = new(
            _ => ++asked > failures ? Answer.Tags(["a"]) : Answer.Status(500));
        try
        {
            await registry.Clock.DriveAsync((Task)registry.Client.FindTagsAsync("m", Token));
            return (true, asked, registry.Clock.Waits.Count);
        }
        catch (MirrorException)
        {
            return (false, asked, registry.Clock.Waits.Count);
        }
    }
}
