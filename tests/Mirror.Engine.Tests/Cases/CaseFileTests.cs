using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;
using Xunit.v3;

namespace Mirror.Engine.Tests.Cases;

/// <summary>
/// Every case of d8 is run, or listed with the reason why it says nothing about this product; never both.
/// </summary>
public sealed partial class CaseFileTests
{
    private static readonly HashSet<string> All =
        [.. CaseFile.Pull.Cases.Concat(CaseFile.Push.Cases).Select(spec => spec.Id)];

    /// <summary>The cases that a theory of a class <c>...CasesTests</c> has as a row.</summary>
    private static readonly HashSet<string> Run =
    [
        .. typeof(CaseFileTests).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("CasesTests", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(RowsOf)
            .SelectMany(row => row)
            .OfType<string>()
            .Where(All.Contains),
    ];

    [Fact]
    public void The_files_are_whole() =>
        Assert.Equal((698, 545), (CaseFile.Pull.Cases.Count(), CaseFile.Push.Cases.Count()));

    // Pinned, so that no case changes its list unnoticed: run and equal, run and different, not applicable.
    [Fact]
    public void The_lists_have_the_lengths_that_are_told()
    {
        int different = CaseFile.Different.Keys.Select(id => id.Split('@')[0]).Distinct().Count();

        Assert.Equal(
            (1127, 92, 24),
            (Run.Count - different, different, CaseFile.NotApplicable.Count));
    }

    [Fact]
    public void Every_case_is_run_or_listed() =>
        Assert.Equal([], All.Except(Run).Except(CaseFile.NotApplicable.Keys));

    [Fact]
    public void No_case_is_run_and_listed() =>
        Assert.Equal([], CaseFile.NotApplicable.Keys.Intersect(Run));

    [Fact]
    public void Whatever_is_listed_exists_and_only_what_is_run_can_differ()
    {
        Assert.Equal([], CaseFile.NotApplicable.Keys.Except(All));
        Assert.Equal([], CaseFile.Different.Keys.Select(id => id.Split('@')[0]).Except(Run));
    }

    [Fact]
    public void Every_reason_cites_the_section_that_decides() => Assert.All(
        CaseFile.Different
            .Select(entry => (Id: entry.Key, entry.Value.Reason))
            .Concat(CaseFile.NotApplicable.Select(entry => (Id: entry.Key, Reason: entry.Value))),
        entry => Assert.True(Cited().IsMatch(entry.Reason), $"{entry.Id}: {entry.Reason}"));

    private static IEnumerable<object?[]> RowsOf(MethodInfo method)
    {
        foreach (InlineDataAttribute inline in method.GetCustomAttributes<InlineDataAttribute>())
        {
            yield return inline.Data;
        }

        foreach (MemberDataAttribute member in method.GetCustomAttributes<MemberDataAttribute>())
        {
            PropertyInfo property = (member.MemberType ?? method.DeclaringType!).GetProperty(member.MemberName)!;
            foreach (object row in (System.Collections.IEnumerable)property.GetValue(null)!)
            {
                yield return row is ITheoryDataRow data ? data.GetData() : [row];
            }
        }
    }

    // Whether the section exists is a matter of CitationTests.
    [GeneratedRegex(@"^docs/[a-z/-]+\.md#[a-z0-9-]+: \S", RegexOptions.NonBacktracking)]
    private static partial Regex Cited();
}
