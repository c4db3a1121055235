using Mirror.Engine.Errors;

namespace Mirror.Engine.Tests.Cases;

/// <summary>The fault code that stands for each error kind of the case files (spec/pull.md appendix A).</summary>
internal static class ErrorKinds
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["filter.empty-name"] = FaultCode.FilterMalformed,
        ["filter.empty-constraint"] = FaultCode.FilterMalformed,
        ["filter.empty-tag"] = FaultCode.FilterMalformed,
        ["filter.bad-version"] = FaultCode.VersionMalformed,
        ["filter.bad-constraint"] = FaultCode.ConstraintMalformed,
    };

    public static string CodeOf(string kind) => Codes.GetValueOrDefault(kind, $"(no code for {kind})");
}
