using Mirror.Engine.Tests.Deckhouse;
using Mirror.Engine.Tests.Registry;
using Mirror.Engine.Tests.Registry.Wire;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Cases;

/// <summary>Every case of the registry client is run, or listed in <c>cases-not-run.json</c> with why.</summary>
public sealed class ClientCasesTests
{
    private static readonly string[] Kinds =
        ["auth", "retry", "timeout", "diagnose", "error-class", "repository-path"];

    private static readonly string[] Areas =
        ["wire", "diagnosis", "retry", "registry-reference", "access-check", "env", "credentials"];

    private static HashSet<string> Run { get; } =
    [
        .. WireCasesTests.Ids,
        .. new[]
        {
            ProtocolCasesTests.Locations, ProtocolCasesTests.Sessions, ProtocolCasesTests.Challenges,
            ProtocolCasesTests.Names, ProtocolCasesTests.Lives, ProtocolCasesTests.Others,
            RetryCasesTests.Pulls, RetryCasesTests.Pushes, RetryCasesTests.Refusals,
            DiagnosisCasesTests.Ids, DiagnosisCasesTests.Advice, DiagnosisCasesTests.Causes,
            RepositoryPathCasesTests.Ids, RegistryReferenceCasesTests.Ids,
            EnvironmentCasesTests.PullTimeouts, EnvironmentCasesTests.PushTimeouts, EnvironmentCasesTests.Logs,
            EnvironmentCasesTests.Proxies, EnvironmentCasesTests.Bypasses,
            CredentialCasesTests.Pulls, CredentialCasesTests.Pushes,
        }.SelectMany(ids => ids).Select(row => row.Data),
    ];

    private static IEnumerable<string> All =>
        CaseFile.Pull.Cases.Where(spec => Kinds.Contains(spec.Kind))
            .Concat(CaseFile.Push.Cases.Where(spec => Areas.Contains(spec.Kind)))
            .Select(spec => spec.Id);

    [Fact]
    public void Every_case_of_the_client_is_run_or_listed() =>
        Assert.Equal([], All.Except(Run).Except(CaseFile.NotRun.Keys));

    [Fact]
    public void No_case_is_both_and_every_listed_one_exists_and_gives_a_reason()
    {
        Assert.Equal([], Run.Intersect(CaseFile.NotRun.Keys));
        Assert.Equal([], CaseFile.NotRun.Keys.Except(All));
        Assert.All(CaseFile.NotRun.Values, Assert.NotEmpty);
    }
}
