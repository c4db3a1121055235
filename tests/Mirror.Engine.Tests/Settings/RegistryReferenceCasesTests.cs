using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class RegistryReferenceCasesTests
{
    // What the plan makes of a reference is tested with the plan.
    public static TheoryData<string> Ids => CaseFile.Push.Ids(
        spec => spec.Kind == "registry-reference" && !spec.Wanted.TryGetProperty("when", out _));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_reference_is_read_as_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string text = SpecCase.Text(spec.Input, "registry")!;
        Fault? fault = RegistryReference.Read("Target", text, out RegistryReference? reference);
        bool isFree = SpecCase.Text(spec.Wanted, "note")?.Contains("rejecting is allowed") == true;
        if (isFree && fault is not null)
        {
            return;
        }

        string[] members = [.. spec.Wanted.EnumerateObject().Select(member => member.Name)
            .Where(member => member is not ("error" or "note" or "suggestion" or "secretNotEchoed"))];
        CaseFile.Check(
            spec,
            string.Join(' ', members.Select(member => $"{member}={SpecCase.Any(spec.Wanted, member)}")),
            string.Join(' ', members.Select(member => $"{member}={Shown(member, fault, reference)}")));
        Assert.Equal(fault is null ? null : FaultCode.ReferenceMalformed, fault?.Code);
        Assert.Contains(SpecCase.Text(spec.Wanted, "suggestion") ?? "", fault?.Advice ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("pw", $"{fault}", StringComparison.Ordinal);
    }

    private static string Shown(string member, Fault? fault, RegistryReference? reference) => (member, reference) switch
    {
        ("ok", _) => $"{fault is null}",
        (_, null) => "none",
        ("host" or "effectiveRegistry", _) => $"{reference.Host}",
        ("path", _) => $"/{reference.Path}",
        ("pathLength", _) => $"{reference.Path.Length + 1}",
        ("effectiveRepository", _) => reference.Path,
        ("effectiveTarget", _) => $"{reference.Host}/{reference.Path}",
        ("scheme", _) => reference.Scheme == "http" ? "http" : "https",
        // Plain HTTP is spoken only to those who ask for it.
        ("plainHttpFallback", _) => "False",
        _ => throw new InvalidOperationException($"Nothing is known of {member}."),
    };
}
