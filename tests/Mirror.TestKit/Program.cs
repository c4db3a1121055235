using Mirror.TestKit.Commands;

return await KitProgram.RunAsync(args, Console.Out, Console.Error);
