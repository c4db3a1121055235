using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

/// <summary>Programs of the machine that a test checks against; without one the test is skipped by its name.</summary>
internal static class RealPart
{
    /// <summary>
    /// The path of the program. Absent or left out: skipped, or failed where real parts are required.
    /// </summary>
    public static string OrSkip(string name)
    {
        Assert.SkipWhen(RealParts.AreLeftOut, $"{name} is left out: MIRROR_REAL_PARTS=none");
        if (RealParts.Find(name) is { } path)
        {
            return path;
        }

        var absence = $"{name} is not installed";
        if (RealParts.AreRequired)
        {
            Assert.Fail($"{absence}, and MIRROR_REAL_PARTS says it must be.");
        }

        Assert.Skip(absence);
        return "";
    }
}
