using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>The cases that rows of the table run: the rows expect what the cases do.</summary>
public sealed class WireCasesTests
{
    private const string Absent = "absent";

    private static readonly Dictionary<string, string> Outcomes = new(StringComparer.Ordinal)
    {
        ["eof"] = FaultCode.ConnectionBroken,
        ["tls"] = FaultCode.CertificateRejected,
        ["auth-401"] = FaultCode.Unauthorized,
        ["auth-403"] = FaultCode.Forbidden,
        ["rate-limit"] = FaultCode.TooManyRequests,
        ["server"] = FaultCode.ServerError,
        ["server-error"] = FaultCode.ServerError,
        ["image-not-found"] = Absent,
        ["repo-not-found"] = FaultCode.RepositoryNotFound,
        ["repository-not-found"] = FaultCode.RepositoryNotFound,
        ["network"] = FaultCode.ConnectionFailed,
        ["timeout"] = FaultCode.RegistrySilent,
        ["body-too-large"] = FaultCode.BodyTooLarge,
        ["artifact-type-not-allowed"] = FaultCode.ContentRefused,
        ["repository-name-or-depth"] = FaultCode.ContentRefused,
        ["tag-immutable"] = FaultCode.ContentRefused,
    };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (WireRow row in WireRow.Table.Values)
            {
                foreach (string id in row.Cases)
                {
                    pairs.Add(row.Id, id);
                }
            }

            return pairs;
        }
    }

    public static IEnumerable<string> Ids => WireRow.Table.Values.SelectMany(row => row.Cases);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_row_expects_what_its_case_does(string row, string id)
    {
        string expected = WireRow.Table[row].Expect;
        SpecCase spec = CaseFile.Find(id);
        string? kind = SpecCase.Text(spec.Wanted, "class") ?? SpecCase.Text(spec.Wanted, "category");
        Assert.Equal(kind is null ? expected : Outcomes[kind], expected);

        bool isDenied = expected is FaultCode.Unauthorized or FaultCode.Forbidden;
        Check("accessDenied", isDenied);
        Check("access_denied", isDenied);
        Check("imageNotFound", expected == Absent);
        Check("image_not_found", expected == Absent);
        Check("repoNotFound", expected == FaultCode.RepositoryNotFound);
        Check("repository_not_found", expected == FaultCode.RepositoryNotFound);
        if (SpecCase.Any(spec.Wanted, "ok") == "False")
        {
            Assert.StartsWith("D8M", expected, StringComparison.Ordinal);
        }

        if (SpecCase.Any(spec.Wanted, "waitSeconds") is { } seconds)
        {
            Assert.Equal(seconds, $"{Assert.Single(WireRow.Table[row].Waits!)}");
        }

        void Check(string member, bool actual) =>
            Assert.Equal(SpecCase.Any(spec.Wanted, member) ?? $"{actual}", $"{actual}");
    }
}
