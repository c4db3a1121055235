namespace Mirror.TestKit.Processes;

/// <summary>What a program left behind: exit code, the bytes of its output, the text of its errors.</summary>
public sealed record ToolResult(int ExitCode, byte[] Output, string Errors);
