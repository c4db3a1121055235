using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>A program of the machine; its absence skips a test by name, or fails it when it is required.</summary>
internal static class RealPart
{
    public static string Find(string name)
    {
        string? path = RealParts.Find(name);
        Assert.SkipWhen(path is null && !RealParts.AreRequired, $"{name} is not installed.");
        Assert.NotNull(path);
        return path;
    }
}
