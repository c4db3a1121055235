using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Mirror.Engine.Hashing;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>Which kernel is used, and that a wrong one never is.</summary>
public sealed class StreebogChoiceTests
{
    [Fact]
    public void Every_kernel_passes_the_check() =>
        Assert.All(StreebogOracle.Kernels, kernel => Assert.True(StreebogKernels.IsTrue(kernel), kernel.Name));

    [Fact]
    public void The_check_sees_every_entry_of_the_table()
    {
        ulong[] table = StreebogTableKernel.Derive();
        for (int entry = 0; entry < table.Length; entry++)
        {
            table[entry] ^= 1;
            Assert.False(StreebogKernels.IsTrue(new StreebogTableKernel(table)), $"entry {entry}");
            table[entry] ^= 1;
        }

        Assert.True(StreebogKernels.IsTrue(new StreebogTableKernel(table)));
    }

    [Fact]
    public void The_check_sees_a_wrong_table_of_nibbles()
    {
        Assert.SkipUnless(StreebogAvx2Kernel.IsSupported, "This processor has no AVX2.");
        for (int vector = 0; vector < StreebogAvx2Tables.Length; vector++)
        {
            Vector256<byte>[] tables = StreebogAvx2Tables.Derive();
            tables[vector] ^= Vector256.Create(Vector128.Create((byte)1), Vector128<byte>.Zero);
            Assert.False(StreebogKernels.IsTrue(new StreebogAvx2Kernel(tables)), $"table {vector}");
        }
    }

    [Fact]
    public void The_check_sees_every_wrong_matrix()
    {
        for (int vector = 0; vector < StreebogAvx512Kernel.Derive().Length; vector++)
        {
            Vector512<byte>[] matrices = StreebogAvx512Kernel.Derive();
            matrices[vector] ^= Vector512.CreateScalar(1UL).AsByte();
            Assert.False(StreebogKernels.IsTrue(new StreebogAvx512Kernel(matrices)), $"vector {vector}");
        }
    }

    [Fact]
    public void A_kernel_that_fails_is_passed_over()
    {
        StreebogKernel broken = new StreebogTableKernel(new ulong[2048]);
        StreebogKernel good = new StreebogTableKernel(StreebogTableKernel.Derive());

        Assert.Same(good, StreebogKernels.FirstTrue([broken, good]));
        Assert.Throws<InvalidOperationException>(() => StreebogKernels.FirstTrue([broken]));
    }

    [Theory]
    [InlineData("EnableAVX512", true)]
    [InlineData("EnableAVX512v2", true)]
    [InlineData("EnableGFNI", true)]
    [InlineData("EnableAVX2", false)]
    [InlineData("EnableHWIntrinsic", false)]
    public async Task Without_the_instructions_the_next_kernel_is_used(string switchedOff, bool hasAvx2)
    {
        ToolResult result = await ChildProcess.RunAsync(
            [.. ChildProcess.GostKernelVariables(), $"DOTNET_{switchedOff}=0"],
            [],
            TestContext.Current.CancellationToken);

        string kernel = hasAvx2 && Avx2.IsSupported ? "AVX2" : "table";
        Assert.Equal(
            $"{kernel} {Streebog.ComputeHex(GostBench.Message)}\n", Encoding.ASCII.GetString(result.Output));
    }

    [Fact]
    public async Task The_fastest_kernel_of_the_processor_is_used()
    {
        ToolResult result = await ChildProcess.RunAsync(
            ChildProcess.GostKernelVariables(), [], TestContext.Current.CancellationToken);

        string kernel = StreebogAvx512Kernel.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "table";
        Assert.Equal(kernel, StreebogKernels.Best.Name);
        Assert.StartsWith($"{kernel} ", Encoding.ASCII.GetString(result.Output), StringComparison.Ordinal);
    }
}
