using System.Diagnostics;
using System.Text;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// Worker processes of MSBuild that no other build may use: known by a variable they were started with, and ended at
/// the end.
/// </summary>
internal sealed class WorkerNodes : IDisposable
{
    private readonly string _salt = Guid.NewGuid().ToString("N");

    /// <summary>What makes a build use workers, and only these.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables =>
        [new("MSBUILDNOINPROCNODE", "1"), new("MSBUILDNODEHANDSHAKESALT", _salt)];

    /// <summary>The numbers of the processes that live.</summary>
    public IEnumerable<int> Find()
    {
        byte[] mark = Encoding.UTF8.GetBytes($"MSBUILDNODEHANDSHAKESALT={_salt}");
        return Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Where(name => EnvironmentOf(name!).AsSpan().IndexOf(mark) >= 0)
            .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        foreach (int number in Find())
        {
            using Process process = Process.GetProcessById(number);
            process.Kill();
            process.WaitForExit();
        }
    }

    private static byte[] EnvironmentOf(string number)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{number}/environ");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
            return [];
        }
    }
}
