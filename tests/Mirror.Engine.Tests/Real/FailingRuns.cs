using System.Runtime.InteropServices;
using System.Text.Json;
using Mirror.Engine.Tests.Kit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// The child's side of <see cref="FailingProcess"/>: one run for each line of standard input, and its result as a line
/// of standard output.
/// </summary>
internal static class FailingRuns
{
    /// <summary>Begins the line of a result.</summary>
    public const string Result = "result ";

    /// <summary>The variable of a request that says which calls fail: letter, first one, how many, error.</summary>
    public const string Call = "FAIL_CALLS";

    private delegate void FailCalls(byte letter, nint from, nint count, int error);

    public static void Serve()
    {
        // The preloaded library's symbols are those of the program itself.
        FailCalls failCalls = Marshal.GetDelegateForFunctionPointer<FailCalls>(
            NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "fail_calls"));
        while (Console.ReadLine() is { } request)
        {
            foreach (string variable in JsonSerializer.Deserialize<string[]>(request)!)
            {
                string[] parts = variable.Split('=', 2);
                Environment.SetEnvironmentVariable(parts[0], parts[1]);
            }

            string[] call = Environment.GetEnvironmentVariable(Call)!.Split(',');
            using StringWriter errors = new();
            TextWriter standardError = Console.Error;
            Console.SetError(errors);
            int exitCode;
            try
            {
                failCalls((byte)call[0][0], nint.Parse(call[1]), nint.Parse(call[2]), int.Parse(call[3]));
                exitCode = ChildProcess.Run(Environment.GetEnvironmentVariable(ChildProcess.Task)!);
            }
            finally
            {
                failCalls(0, 0, 0, 0);
                Console.SetError(standardError);
            }

            Console.WriteLine(Result + JsonSerializer.Serialize(new FailingResult(exitCode, errors.ToString())));
        }
    }
}
