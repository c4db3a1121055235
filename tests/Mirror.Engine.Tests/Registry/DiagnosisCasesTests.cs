using Mirror.Engine.Disk;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>The cases of diagnosis that need no registry: failures of disk and name resolution, and advice.</summary>
public sealed class DiagnosisCasesTests
{
    private static readonly Dictionary<string, (Exception Exception, string Code)> Failures = new()
    {
        ["ENOSPC"] = (new IOException("full", 28), FaultCode.DiskFull),
        ["no space left"] = (new IOException("full", 28), FaultCode.DiskFull),
        ["permission denied"] = (new UnauthorizedAccessException(), FaultCode.DiskAccessDenied),
        ["permission denied (file)"] = (new UnauthorizedAccessException(), FaultCode.DiskAccessDenied),
        ["DNS lookup failure"] =
            (new HttpRequestException(HttpRequestError.NameResolutionError), FaultCode.HostNotFound),
    };

    private static readonly Dictionary<string, string> Classes = new()
    {
        ["disk-full"] = FaultCode.DiskFull,
        ["permission"] = FaultCode.DiskAccessDenied,
        ["dns"] = FaultCode.HostNotFound,
    };

    public static TheoryData<string> Ids => ["diag-07", "diag-08", "diag-17", "diag-disk", "diag-perm"];

    public static TheoryData<string> Advice => ["diag-push-advice"];

    public static TheoryData<string> Causes => ["diag-unwrap"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_failure_is_of_the_class_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Find(id);
        (Exception exception, string code) = Failures[SpecCase.Text(spec.Input, "error")!];
        string expected = SpecCase.Text(spec.Wanted, "class") ?? SpecCase.Text(spec.Wanted, "category")!;
        MirrorException failure = exception is HttpRequestException
            ? OfWire(exception)
            : DiskFaults.Translate(exception, "/x", "written");

        Assert.Equal(Classes[expected], code);
        Assert.Equal(code, Assert.Single(failure.Faults).Code);
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void The_exception_behind_a_fault_stays_reachable(string id)
    {
        Assert.Equal("True", SpecCase.Any(CaseFile.Push[id].Wanted, "originalErrorReachable"));
        EndOfStreamException cause = new("EOF");

        MirrorException failure = OfWire(cause);

        Assert.Equal(FaultCode.ConnectionBroken, failure.Faults[0].Code);
        Assert.Same(cause, failure.InnerException);
    }

    [Theory]
    [MemberData(nameof(Advice))]
    public void Advice_names_what_belongs_to_the_end_and_nothing_of_the_other(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        MirrorPushSettings settings = new()
        {
            BundleDirectory = SettingsTexts.Folder,
            Target = new RegistryEndpoint("h/x"),
        };
        string advice = SettingsCheck.Check(settings, SettingsTexts.NoVariables).Target.CredentialAdvice;

        Assert.All(SpecCase.Strings(spec.Wanted, "mentions"), flag => Assert.Contains(Variable(flag), advice));
        Assert.All(
            SpecCase.Strings(spec.Wanted, "doesNotMention"), flag => Assert.DoesNotContain(Variable(flag), advice));
    }

    private static MirrorException OfWire(Exception exception) => RegistryFailure.OfException(
        exception, ScriptedRegistry.Access(), RegistryRequest.ForTags("m", "m/tags/list"), new Uri("https://h/"), null);

    // d8 speaks of flags; their variables are what both tools share.
    private static string Variable(string flag) =>
        $"D8_MIRROR_{flag.TrimStart('-').Replace('-', '_').ToUpperInvariant()}";
}
