using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Documented;

public sealed class FakeMirrorTests
{
    [Fact]
    public void The_fake_behind_the_aliases_says_what_a_task_asked_for()
    {
        FakeMirror mirror = new();
        ScriptContext context = new() { Engine = mirror };

        context.D8MirrorPull(new() { BundleDirectory = "bundle", IncludeModules = ["console"] });
        context.D8MirrorVerify("bundle");

        var pull = Assert.IsType<MirrorPullSettings>(mirror.Asked[0]);
        Assert.Equal(["console"], pull.IncludeModules.Select(rule => $"{rule}"));
        Assert.IsType<MirrorVerifySettings>(mirror.Asked[1]);
    }
}
